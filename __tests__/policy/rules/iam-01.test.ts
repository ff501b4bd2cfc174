import { iam01 } from "../../../src/policy/rules/iam-01-rights-are-counted";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";
import { allow, rolePolicy } from "../statements";

const table = "arn:aws:dynamodb:us-east-1:111122223333:table/reviews";

describe("IAM-01", () => {
  it.each<[string, JsonObject]>([
    ["named actions", allow(["dynamodb:GetItem", "dynamodb:Query"], table)],
    ["a family of actions", allow("dynamodb:Batch*", table)],
    ["a denial of everything", { Effect: "Deny", Action: "*", Resource: "*" }],
    ["a denial of all but a list", { Effect: "Deny", NotAction: "iam:*", NotResource: "*" }],
    ["an action that the fragment does not hold", allow("${var.action}", table)],
  ])("lets a policy hold %s", (_, statement) => {
    expect(found(iam01, rolePolicy(statement))).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [allow("*", table), "allows *."],
    [allow(["dynamodb:GetItem", "dynamodb:*", "s3:**"], table), "allows dynamodb:*, s3:**."],
    [{ Effect: "Allow", NotAction: "iam:*", Resource: table }, "allows every action but a list."],
    [{ Effect: "Allow", Action: "s3:GetObject", NotResource: table }, "allows every resource but a list."],
  ])("finds that a policy with %j %s", (statement, message) => {
    expect(found(iam01, rolePolicy(statement))).toEqual([`aws_iam_role_policy.worker ${message}`]);
  });
});
