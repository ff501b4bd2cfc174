import { s309 } from "../../../src/policy/rules/s3-09-bucket-policies-are-bounded";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const statement = (more: JsonObject): JsonObject => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::ui/*",
  ...more,
});
const policy = (...Statement: Json[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const apart = (...statements: Json[]) =>
  found(s309, { aws_s3_bucket_policy: { ui: { bucket: "ui", policy: policy(...statements) } } });
const when = (operator: string, key: string): JsonObject => ({ Condition: { [operator]: { [key]: "x" } } });
const open = "aws_s3_bucket_policy.ui lets everybody in.";
const locked = "aws_s3_bucket_policy.ui keeps everybody from changing the policy.";

describe("S3-09", () => {
  it.each<[string, JsonObject]>([
    ["lets a service in", { Principal: { Service: "cloudfront.amazonaws.com" } }],
    ["lets an account in", { Principal: { AWS: "arn:aws:iam::111122223333:root" } }],
    ["lets in who comes from a distribution", when("StringEquals", "aws:SourceArn")],
    ["lets an organization in, in other letters", when("StringEquals", "AWS:principalorgid")],
    ["denies plain HTTP", { Effect: "Deny", Action: "s3:*", ...when("Bool", "aws:SecureTransport") }],
    ["denies writes of objects", { Effect: "Deny", Action: ["s3:PutObject*", "s3:DeleteObject"] }],
    ["denies one account everything", { Effect: "Deny", Action: "s3:*", Principal: { AWS: "111122223333" } }],
    ["denies all but the policy", { Effect: "Deny", Action: [], NotAction: ["s3:*BucketPolicy"] }],
  ])("lets a policy be that %s", (_, more) => {
    expect(apart(statement(more))).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["always", {}],
    ["by account, all of them", { Principal: { AWS: ["111122223333", "*"] } }],
    ["by user agent", when("StringLike", "aws:UserAgent")],
    ["by address", when("IpAddress", "aws:SourceIp")],
    ["by TLS", when("Bool", "aws:SecureTransport")],
    ["unless they come from one account", when("StringNotEquals", "aws:SourceAccount")],
  ])("finds a policy that lets everybody in %s", (_, more) => {
    expect(apart(statement({ Effect: "Deny", Action: "s3:PutObject" }), statement(more))).toEqual([open]);
  });

  it.each(["*", "s3:*", "s3:Put*", "s3:*BucketPolicy", "s3:PutBucketPolicy", "S3:putbucket*", "s3:PutBucketPolic?"])(
    "finds a policy that denies everybody %s",
    (action) => {
      expect(apart(statement({ Effect: "Deny", Action: action }))).toEqual([locked]);
      expect(apart(statement({ Effect: "Deny", Principal: { AWS: "*" }, Action: ["s3:GetObject", action] }))).toEqual([
        locked,
      ]);
    },
  );

  it("finds a policy that denies all but reading", () => {
    expect(apart(statement({ Effect: "Deny", Action: [], NotAction: "s3:GetObject" }))).toEqual([locked]);
  });

  it("reads a bucket's own policy and a document, and names the statement", () => {
    expect(found(s309, { aws_s3_bucket: { ui: { policy: policy(statement({ Sid: "Read" })) } } })).toEqual([
      "aws_s3_bucket.ui lets everybody in by Read.",
    ]);
    const written = { principals: { type: "*", identifiers: ["*"] }, actions: ["s3:GetObject"], resources: ["*"] };
    const bucketPolicy = { bucket: "ui", policy: "${data.aws_iam_policy_document.own.json}" };
    const document = { aws_iam_policy_document: { own: { statement: [written] } } };
    expect(found(s309, { aws_s3_bucket_policy: { ui: bucketPolicy } }, document)).toEqual([open]);
    expect(found(s309, { aws_s3_bucket_policy: { ui: bucketPolicy } })).toEqual([]);
  });
});
