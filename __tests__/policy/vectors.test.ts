import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgePolicyCase } from "../../src/cli/vectors/policy";

interface Case {
  readonly name: string;
  readonly rule?: string;
  readonly address?: string;
}

const casesOf = (file: string): readonly Case[] =>
  JSON.parse(readFileSync(join(__dirname, "../vectors", `policy-${file}-resources.json`), "utf8")).cases;

describe("a bad fragment breaks its rule at its address, and no other", () => {
  it.each(casesOf("bad").map((each) => [each.name, each] as const))("%s", (_, each) => {
    expect(judgePolicyCase(each).actual).toEqual([{ rule: each.rule, address: each.address }]);
  });
});

describe("a good fragment breaks nothing", () => {
  it.each(casesOf("good").map((each) => [each.name, each] as const))("%s", (_, each) => {
    expect(judgePolicyCase(each)).toMatchObject({ expected: [], actual: [] });
  });
});
