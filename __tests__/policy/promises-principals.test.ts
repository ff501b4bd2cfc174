import type { Json, JsonObject } from "../../src/terraform/json";
import { judged } from "./judged";

const foreign = "arn:aws:iam::999988887777:role/theirs";
const ours = "arn:aws:iam::111122223333:role/worker";
const found = (json: JsonObject) =>
  judged("principals-are-ours", json).map(({ address, message }) => `${address} ${message}`);
const ofKey = (statement: JsonObject) =>
  found({
    resource: {
      aws_iam_role: { own: { name: "worker" } },
      aws_kms_key: {
        own: {
          policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*", ...statement }],
          }),
        },
      },
    },
    data: { aws_caller_identity: { current: {} } },
  });
const lets = (named: string) => [
  `aws_kms_key.own lets through ${named}, which is not of our account; name our own, or take it out.`,
];

describe("a principal", () => {
  it.each<Json>([
    ours,
    "111122223333",
    "*",
    "${aws_iam_role.own.arn}",
    "${data.aws_caller_identity.current.account_id}",
    "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root",
  ])("is ours as %j", (AWS) => {
    expect(ofKey({ Principal: { AWS } })).toEqual([]);
  });

  it.each(["arn:aws:iam::999988887777:root", "999988887777", "arn:aws:sts::*:assumed-role/x/y", "AROAEXAMPLE"])(
    "is a stranger's as %j",
    (AWS) => {
      expect(ofKey({ Principal: { AWS: [ours, AWS] } })).toEqual(lets(AWS));
    },
  );

  it("may be a service, and may not be somebody by a canonical id", () => {
    const id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

    expect(ofKey({ Principal: { Service: "logs.amazonaws.com" } })).toEqual([]);
    expect(ofKey({ Principal: { CanonicalUser: id } })).toEqual(lets(id));
  });

  it("is let through by being left out of a refusal, and not by being refused", () => {
    expect(ofKey({ Effect: "Deny", Principal: {}, NotPrincipal: { AWS: foreign } })).toEqual(lets(foreign));
    expect(ofKey({ Effect: "Deny", Principal: { AWS: foreign } })).toEqual([]);
  });

  it("may not be a stranger in a trust policy", () => {
    const assume_role_policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: { AWS: foreign }, Action: "sts:AssumeRole" }],
    });

    expect(found({ resource: { aws_iam_role: { own: { assume_role_policy } } } })).toEqual([
      `aws_iam_role.own lets through ${foreign}, which is not of our account; name our own, or take it out.`,
    ]);
  });
});

describe("a condition", () => {
  it.each<[string, string, string]>([
    ["StringEquals", "aws:PrincipalAccount", "999988887777"],
    ["ArnLike", "aws:PrincipalArn", foreign],
    ["StringEquals", "kms:CallerAccount", "999988887777"],
    ["StringLike", "aws:SourceAccount", "9999*"],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:*:alerts"],
  ])("%s on %s names a stranger as %s", (operator, key, named) => {
    expect(ofKey({ Condition: { [operator]: { [key]: ["111122223333", named] } } })).toEqual(lets(named));
  });

  it("names nobody by the ARN of a bucket, by an absent value, or by another key", () => {
    expect(ofKey({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-logs" } } })).toEqual([]);
    expect(ofKey({ Condition: { Null: { "aws:PrincipalArn": "true" } } })).toEqual([]);
    expect(ofKey({ Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } })).toEqual([]);
  });

  it("of a refusal lets a stranger through where it leaves one out", () => {
    const refusal = (operator: string) => ({
      Effect: "Deny",
      Condition: { [operator]: { "aws:PrincipalArn": foreign } },
    });

    expect(ofKey(refusal("ArnNotEquals"))).toEqual(lets(foreign));
    expect(ofKey(refusal("ArnEquals"))).toEqual([]);
  });
});

describe("a permission of a function", () => {
  const ofFunction = (permission: JsonObject) => found({ resource: { aws_lambda_permission: { own: permission } } });

  it.each<JsonObject>([
    { principal: "111122223333" },
    { principal: "s3.amazonaws.com", source_account: "111122223333", source_arn: "arn:aws:s3:::acme-logs" },
    { principal: "events.amazonaws.com", source_arn: "${aws_cloudwatch_event_rule.own.arn}" },
  ])("is for us as %j", (permission) => {
    expect(ofFunction(permission)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ principal: "999988887777" }, "999988887777"],
    [{ principal: foreign }, foreign],
    [{ principal: "s3.amazonaws.com", source_account: "999988887777" }, "999988887777"],
    [
      { principal: "sns.amazonaws.com", source_arn: "arn:aws:sns:us-east-1:999988887777:theirs" },
      "arn:aws:sns:us-east-1:999988887777:theirs",
    ],
  ])("is for a stranger as %j", (permission, named) => {
    expect(ofFunction(permission)).toEqual([
      `aws_lambda_permission.own lets through ${named}, which is not of our account; name our own, or take it out.`,
    ]);
  });
});

describe("a role that may take roles", () => {
  const ofRole = (actions: string[], resources: string[]) =>
    found({
      resource: { aws_iam_role_policy: { own: { policy: "${data.aws_iam_policy_document.own.json}" } } },
      data: { aws_iam_policy_document: { own: { statement: [{ actions, resources }] } } },
    });

  it.each(["arn:aws:iam::*:role/deploy", foreign, "*"])("may not take %s", (arn) => {
    expect(ofRole(["sts:Assume*"], [arn])).toEqual([
      `aws_iam_role_policy.own may take ${arn}, a role of an account that is not ours; name the role and our account.`,
    ]);
  });

  it("may take ours, and may do something else with strangers", () => {
    expect(ofRole(["sts:AssumeRole"], [ours])).toEqual([]);
    expect(ofRole(["iam:GetRole"], [foreign])).toEqual([]);
  });
});
