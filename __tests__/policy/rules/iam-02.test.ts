import { iam02 } from "../../../src/policy/rules/iam-02-stars-only-where-needed";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";
import { allow, rolePolicy } from "../statements";

describe("IAM-02", () => {
  it.each<[string, JsonObject]>([
    ["what takes nothing else", allow(["xray:PutTraceSegments", "cloudwatch:GetMetricData"], "*")],
    ["a family of what takes nothing else", allow("xray:PutT*", "*")],
    ["a condition", allow("s3:GetObject", "*", { Condition: { StringEquals: { "aws:ResourceAccount": "1" } } })],
    ["an ARN", allow("s3:GetObject", "arn:aws:s3:::reviews/*")],
    ["all of a service's resources", allow("s3:GetObject", "arn:aws:s3:::*")],
    ["streams of a log group", allow("logs:PutLogEvents", "${aws_cloudwatch_log_group.worker.arn}:*")],
    ["an ARN from elsewhere", allow("s3:GetObject", "${var.arn}")],
    ["an invented action, which is IAM-07's", allow("s3:GetEverything", "*")],
    ["every action, which is IAM-01's", allow(["s3:*", "s3:GetObject"], "*")],
    ["a denial", { Effect: "Deny", Action: "s3:GetObject", Resource: "*" }],
  ])("lets a policy hold %s", (_, statement) => {
    expect(found(iam02, rolePolicy(statement))).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [allow(["xray:PutTraceSegments", "kms:Decrypt"], "*"), "kms:Decrypt"],
    [allow("s3:Get*", ["arn:aws:s3:::reviews", "*"]), "s3:Get*"],
    [allow("sqs:SendMessage", "arn:aws:*"), "sqs:SendMessage"],
    [allow("sqs:SendMessage", "?*"), "sqs:SendMessage"],
    [allow("sqs:SendMessage", "arn:${data.aws_partition.own.partition}:*:*:*:*"), "sqs:SendMessage"],
  ])("finds what %j allows too far", (statement, actions) => {
    const expected = `aws_iam_role_policy.worker allows ${actions} on every resource.`;
    expect(found(iam02, rolePolicy(statement))).toEqual([expected]);
  });
});
