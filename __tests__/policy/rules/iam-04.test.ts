import { iam04 } from "../../../src/policy/rules/iam-04-nobody-raises-themselves";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";
import { allow, rolePolicy } from "../statements";

describe("IAM-04", () => {
  it.each<[string, JsonObject]>([
    ["reads", allow(["iam:GetRole", "s3:Get*", "kms:Decrypt"], "*")],
    ["every action, which is IAM-01's", allow("iam:*", "*")],
    ["a denial", { Effect: "Deny", Action: "iam:CreateAccessKey", Resource: "*" }],
  ])("lets a policy hold %s", (_, statement) => {
    expect(found(iam04, rolePolicy(statement))).toEqual([]);
  });

  it.each([
    ["iam:CreatePolicyVersion"],
    ["IAM:attachrolepolicy"],
    ["iam:Put*"],
    ["sts:GetFederationToken"],
    ["kms:PutKeyPolicy"],
    ["s3:PutBucket*"],
    ["lambda:AddPermission"],
    ["secretsmanager:PutResourcePolicy"],
    ["rds-db:connect"],
  ])("finds %s", (action) => {
    const expected = `aws_iam_role_policy.worker allows ${action}.`;
    expect(found(iam04, rolePolicy(allow(["s3:GetObject", action], "arn:aws:s3:::reviews")))).toEqual([expected]);
  });
});
