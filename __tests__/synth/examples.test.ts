import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checks } from "../../src/cli/checks";
import { loadEnvironment } from "../../src/config/load";
import { addressLines, lostAddresses } from "../../src/terraform/addresses";
import { example, exampleNames } from "../support/examples";

const stacks = ["compliance", "data", "edge", "network", "observability", "recovery", "service"];
const golden = readFileSync(join(__dirname, "../golden/addresses.txt"), "utf8").trim().split("\n");

it("the examples are production, staging, local and brownfield", () => {
  expect(exampleNames()).toEqual(["brownfield", "local", "production", "staging"]);
});

describe.each(exampleNames())("%s", (name) => {
  const synthesis = example(name);

  it("becomes seven stacks", () => {
    expect(synthesis.stacks.map((stack) => stack.name).sort()).toEqual(stacks);
  });

  it("is applied network first, then data and compliance, then the others", () => {
    const after = Object.fromEntries(synthesis.stacks.map((stack) => [stack.name, [...stack.dependencies].sort()]));

    expect(after).toMatchObject({ network: [], data: ["network"], compliance: ["data"] });
    for (const later of ["service", "edge", "recovery", "observability"]) expect(after[later]).toContain("compliance");
  });

  it.each(checks.map((check) => [check.question, check] as const))(
    "%s",
    async (_, { judge }) => {
      const outcome = await judge({ name, config: loadEnvironment(name), synthesis });

      expect(outcome.findings).toEqual([]);
    },
    60_000,
  );

  it("keeps every address, so that no rename destroys a resource", () => {
    expect(lostAddresses(golden, name, synthesis)).toEqual([]);
  });

  it("has no address that is not recorded", () => {
    expect(addressLines(name, synthesis).filter((line) => !golden.includes(line))).toEqual([]);
  });
});
