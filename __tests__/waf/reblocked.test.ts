import * as fc from "fast-check";
import { managedRules } from "../../src/waf/managed-facts";
import { readAcls } from "../../src/waf/read-acl";
import { holes } from "../../src/waf/reblocked";
import { example } from "../support/examples";
import { acl, bytes, group, request, rule } from "./acl";

const common = "AWSManagedRulesCommonRuleSet";
const label = (name: string) => ({
  label_match_statement: { key: `awswaf:managed:aws:core-rule-set:${name}`, scope: "LABEL" },
});

describe("a managed rule that only counts", () => {
  it("is a hole where no later rule blocks its label", () => {
    expect(holes(acl(group("aws", 1, common, ["GenericLFI_BODY"])))).toEqual(["aws/GenericLFI_BODY"]);
    expect(
      holes(acl(group("aws", 2, common, ["GenericLFI_BODY"]), rule("early", 1, label("GenericLFI_Body")))),
    ).toEqual(["aws/GenericLFI_BODY"]);
    expect(
      holes(acl(group("aws", 1, common, ["GenericLFI_BODY"]), rule("wrong", 2, label("GenericLFI_BODY")))),
    ).toEqual(["aws/GenericLFI_BODY"]);
  });

  it("is none where one does, for size as for signatures", () => {
    const counted = ["SizeRestrictions_BODY", "GenericLFI_BODY"];
    const blocking = [rule("size", 2, label("SizeRestrictions_Body")), rule("lfi", 3, label("GenericLFI_Body"))];

    expect(holes(acl(group("aws", 1, common, counted), ...blocking))).toEqual([]);
  });

  it("is a hole where the block has an exception for the path that is asked", () => {
    const excepted = {
      and_statement: {
        statement: [
          label("GenericLFI_Body"),
          { not_statement: { statement: [bytes({ uri_path: {} }, "STARTS_WITH", "/else")] } },
        ],
      },
    };

    expect(holes(acl(group("aws", 1, common, ["GenericLFI_BODY"]), rule("most", 2, excepted)))).toEqual([
      "aws/GenericLFI_BODY",
    ]);
  });
});

describe.each(["production", "brownfield"])("in %s", (environment) => {
  const { estate } = example(environment);
  const [firewall] = readAcls(estate).filter(({ scope }) => scope === "REGIONAL");
  if (firewall === undefined) throw new Error("There is no firewall.");
  const prefix = environment === "production" ? "" : "/live";
  const exact = ["/webhooks/github", "/webhooks/spacelift", "/api/v1/reviews"].map((path) => prefix + path);
  const signed: [string, string][] = [
    ["user-agent", "test"],
    ["authorization", "Bearer a.b.c"],
    ["x-hub-signature-256", `sha256=${"0".repeat(64)}`],
    ["x-signature-256", `sha256=${"0".repeat(64)}`],
  ];

  it("ten rules over bodies count, and code passes on the three exact paths", () => {
    const counted = managedRules(firewall).filter(
      ({ action, component }) => action === "count" && component === "body",
    );

    expect(counted).toHaveLength(10);
    for (const path of exact) {
      expect(holes(firewall, request({ method: "POST", path, headers: signed }))).toHaveLength(10);
    }
  });

  it("none of them is a hole on any other path", () => {
    const near = fc
      .constantFrom(...exact)
      .chain((path) =>
        fc.constantFrom(
          `${path}/`,
          `/${path}`,
          path.toUpperCase(),
          `${path}%20`,
          `${path}x`,
          path.slice(0, -1),
          path.replace("/", "/./"),
        ),
      );
    const paths = fc.oneof(near, fc.webPath()).filter((path) => !exact.includes(path));

    fc.assert(
      fc.property(paths, (path) => {
        expect(holes(firewall, request({ method: "POST", path, headers: signed }))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
