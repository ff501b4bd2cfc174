import { est02 } from "../../../src/policy/rules/est-02-access-is-analyzed";
import type { JsonObject } from "../../../src/terraform/json";
import { foundInStack } from "../estate-found";

const external: JsonObject = { type: "ACCOUNT" };
const unused: JsonObject = { type: "ACCOUNT_UNUSED_ACCESS" };
const estate = (aws_accessanalyzer_analyzer: Record<string, JsonObject>) =>
  foundInStack(est02, {
    aws_s3_bucket: { home: {}, copy: { region: "us-east-2" } },
    aws_cloudwatch_metric_alarm: { elsewhere: { region: "eu-west-1" } },
    aws_accessanalyzer_analyzer,
  });

describe("EST-02", () => {
  it.each<JsonObject[]>([
    [external, unused],
    [{}, unused],
    [{ type: "ORGANIZATION" }, { type: "ORGANIZATION_UNUSED_ACCESS", region: "us-east-2" }],
  ])("lets the home region have %j and the account %j", (home, account) => {
    expect(estate({ home, dr: { ...home, region: "us-east-2" }, account })).toEqual([]);
  });

  it("finds each region in which something can be opened and nobody looks", () => {
    expect(estate({ home: external, account: unused })).toEqual([
      "data: provider.aws is an account without an analyzer of external access in us-east-2.",
    ]);
    expect(estate({ dr: { ...external, region: "us-east-2" }, account: unused })).toEqual([
      "data: provider.aws is an account without an analyzer of external access in us-east-1.",
    ]);
  });

  it("finds an account in which nobody looks for what is unused", () => {
    expect(estate({ home: external, dr: { ...external, region: "us-east-2" } })).toEqual([
      "data: provider.aws is an account without an analyzer of unused access.",
    ]);
  });
});
