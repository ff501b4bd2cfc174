import { s307 } from "../../../src/policy/rules/s3-07-buckets-refuse-plain-http";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const arn = "${aws_s3_bucket.data.arn}";
const deny = (more: JsonObject = {}): JsonObject => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
  ...more,
});
const policy = (Statement: Json): string => JSON.stringify({ Version: "2012-10-17", Statement });
const bucket = { data: { bucket: "data" } };
const apart = (text: string, name = "${aws_s3_bucket.data.id}", data = {}) =>
  found(s307, { aws_s3_bucket: bucket, aws_s3_bucket_policy: { data: { bucket: name, policy: text } } }, data);
const open = ["aws_s3_bucket.data answers plain HTTP."];

describe("S3-07", () => {
  it.each<[string, JsonObject]>([
    ["to *", {}],
    ["to AWS *", { Principal: { AWS: ["*"] } }],
    ["of everything", { Action: ["*"] }],
    ["by literal ARNs", { Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"] }],
    ["by a truth value in other letters", { Condition: { bool: { "AWS:securetransport": false } } }],
  ])("lets a bucket be whose policy denies plain HTTP %s", (_, more) => {
    expect(apart(policy([deny(more)]))).toEqual([]);
    expect(apart(policy(deny(more)), "data")).toEqual([]);
    expect(found(s307, { aws_s3_bucket: { data: { policy: policy([deny(more)]) } } })).toEqual([]);
  });

  it("reads a policy document", () => {
    const condition = { test: "Bool", variable: "aws:SecureTransport", values: ["false"] };
    const principals = { type: "*", identifiers: ["*"] };
    const statement = { effect: "Deny", principals, actions: ["s3:*"], resources: [arn, `${arn}/*`], condition };
    const documents = (more: JsonObject) => ({
      aws_iam_policy_document: { own: { statement: { ...statement, ...more } } },
    });
    expect(apart("${data.aws_iam_policy_document.own.json}", "data", documents({}))).toEqual([]);
    expect(apart("${data.aws_iam_policy_document.own.json}", "data", documents({ effect: "Allow" }))).toEqual(open);
  });

  it("leaves a policy that cannot be read to IAM-07", () => {
    expect(apart("${data.aws_iam_policy_document.elsewhere.json}")).toEqual([]);
    expect(apart("no JSON")).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["allows it", { Effect: "Allow" }],
    ["denies one account", { Principal: { AWS: "111122223333" } }],
    ["denies reads only", { Action: "s3:GetObject" }],
    ["denies TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["denies always", { Condition: {} }],
    [
      "denies from one place",
      { Condition: { Bool: { "aws:SecureTransport": "false" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
    ],
    ["covers the bucket only", { Resource: arn }],
    ["covers the objects only", { Resource: "arn:aws:s3:::data/*" }],
    ["covers some objects only", { Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/tmp/*"] }],
  ])("finds a bucket whose policy %s", (_, more) => {
    expect(apart(policy([deny(more)]))).toEqual(open);
  });

  it("finds a bucket without a policy, and reports no policy of a bucket elsewhere", () => {
    expect(found(s307, { aws_s3_bucket: bucket })).toEqual(open);
    expect(apart(policy([deny()]), "other")).toEqual(open);
    const other = { other: { bucket: "other", policy: policy([deny({ Effect: "Allow" })]) } };
    expect(found(s307, { aws_s3_bucket_policy: other })).toEqual([]);
  });
});
