import { AccessAnalyzers } from "../../src/security/access-analyzers";
import { names, resources, synthesize } from "../support/synthesize";

const analyzers = (home: string, dr: string) =>
  resources(
    synthesize((stack) => {
      new AccessAnalyzers(stack, "analyzers", { names, regions: { home, dr, edge: "us-east-1" }, unusedDays: 90 });
    }),
    "aws_accessanalyzer_analyzer",
  ).map(({ analyzer_name, region, type, configuration }) => [analyzer_name, region, type, configuration]);

describe("access analyzers", () => {
  const external = (region: string) => ["acme-test-external", region, "ACCOUNT", undefined];
  const unused = [
    ...["acme-test-unused", undefined, "ACCOUNT_UNUSED_ACCESS"],
    { unused_access: { unused_access_age: 90 } },
  ];

  it("look for outsiders once in each region, and for what is unused once an account", () => {
    expect(analyzers("us-east-1", "us-east-2")).toEqual([external("us-east-2"), external("us-east-1"), unused]);
    expect(analyzers("eu-central-1", "eu-west-1")).toEqual([
      ...[external("eu-west-1"), external("us-east-1"), external("eu-central-1")],
      unused,
    ]);
  });
});
