import * as fc from "fast-check";
import { transformations } from "../../src/waf/transformations";

const apply = (name: string, bytes: string) => transformations[name]?.(bytes);

it.each([
  ["NONE", "A%41 b", "A%41 b"],
  ["LOWERCASE", "ÄAZ[`a", "Äaz[`a"],
  ["URL_DECODE", "%2e%2E/%41%zz%", "../A%zz%"],
  ["NORMALIZE_PATH", "/a//b/./c/../d", "/a/b/d"],
  ["NORMALIZE_PATH", "/a/b/..", "/a/"],
  ["NORMALIZE_PATH", "/../a", "/../a"],
  ["NORMALIZE_PATH", "../../a", "../../a"],
  ["NORMALIZE_PATH", "//", "/"],
  ["NORMALIZE_PATH", "/a/b/", "/a/b/"],
  ["NORMALIZE_PATH", "a\\..\\b", "a\\..\\b"],
  ["NORMALIZE_PATH_WIN", "/a\\..\\b", "/b"],
  ["COMPRESS_WHITE_SPACE", "a \t\r\n\u00a0b  c", "a b c"],
  ["REMOVE_NULLS", "a\0b\0", "ab"],
  ["REPLACE_NULLS", "a\0b\0", "a b "],
])("%s makes of %j %j", (name, given, wanted) => {
  expect(apply(name, given)).toBe(wanted);
});

it("a plus sign is not decoded: AWS does not say what becomes of it", () => {
  expect(() => apply("URL_DECODE", "a+b")).toThrow("AWS does not say what URL_DECODE makes of a plus sign");
});

it.each(["LOWERCASE", "NORMALIZE_PATH", "NORMALIZE_PATH_WIN", "COMPRESS_WHITE_SPACE", "REMOVE_NULLS", "REPLACE_NULLS"])(
  "%s changes nothing the second time",
  (name) => {
    const steps = fc.array(fc.constantFrom("/", ".", "..", "a", "A", "\\", "\0", " ", "%2e"), { maxLength: 12 });

    fc.assert(
      fc.property(steps, (parts) => {
        const once = apply(name, parts.join("")) ?? "";
        expect(apply(name, once)).toBe(once);
      }),
    );
  },
);

it("the transformations that are known are these", () => {
  expect(Object.keys(transformations)).toEqual([
    "NONE",
    "LOWERCASE",
    "URL_DECODE",
    "NORMALIZE_PATH",
    "NORMALIZE_PATH_WIN",
    "COMPRESS_WHITE_SPACE",
    "REMOVE_NULLS",
    "REPLACE_NULLS",
  ]);
});
