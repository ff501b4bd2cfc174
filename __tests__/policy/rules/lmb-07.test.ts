import { judge } from "../../../src/policy/judge";
import { lmb07 } from "../../../src/policy/rules/lmb-07-permissions-name-their-caller";
import { estateOf, stackFacts } from "../../../src/terraform/estate";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(lmb07, { aws_lambda_permission: { api: attributes } });

describe("LMB-07", () => {
  it.each<[string, JsonObject]>([
    [
      "names its caller",
      {
        principal: "apigateway.amazonaws.com",
        source_arn: "${aws_api_gateway_rest_api.api.execution_arn}/*/GET/reviews",
      },
    ],
    ["names a bucket", { principal: "s3.amazonaws.com", source_arn: "arn:aws:s3:::uploads-*" }],
    ["is for an account", { principal: "111122223333" }],
    ["is for whom somebody else says", { principal: "${var.principal}" }],
  ])("lets a permission be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["is for everybody", { principal: "*", source_arn: "arn" }, ["lets everybody invoke the function."]],
    [
      "names an account only",
      { principal: "s3.amazonaws.com", source_account: "111122223333" },
      ["lets anybody invoke the function through s3.amazonaws.com."],
    ],
    [
      "names callers of every account",
      { principal: "events.amazonaws.com", source_arn: "arn:aws:events:us-east-1:*:rule/daily" },
      ["lets anybody invoke the function through events.amazonaws.com."],
    ],
    [
      "names every caller",
      { principal: "sns.amazonaws.com", source_arn: "*" },
      ["lets anybody invoke the function through sns.amazonaws.com."],
    ],
  ])("finds a permission that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_lambda_permission.api ${message}`));
  });

  it("does not report an ARN that is known only in part", () => {
    const api = { api: { name: "api" } };
    const permission = {
      principal: "apigateway.amazonaws.com",
      source_arn: "${aws_api_gateway_rest_api.api.execution_arn}/*/*",
    };
    const resource = { aws_api_gateway_rest_api: api, aws_lambda_permission: { api: permission } };
    expect(judge([lmb07], estateOf([stackFacts("service", { resource })]), "estate")).toEqual([]);
  });
});
