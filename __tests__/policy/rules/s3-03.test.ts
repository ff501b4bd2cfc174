import { s303 } from "../../../src/policy/rules/s3-03-buckets-use-a-customer-key";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const key = "${aws_kms_key.main.arn}";
const chosen = (more: JsonObject = {}): JsonObject => ({
  apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key, ...more },
});
const apart = (rule: JsonObject | JsonObject[]) =>
  found(s303, { aws_s3_bucket_server_side_encryption_configuration: { data: { bucket: "data", rule } } });
const inline = (more: JsonObject) => found(s303, { aws_s3_bucket: { data: { bucket: "data", ...more } } });
const weak = "aws_s3_bucket_server_side_encryption_configuration.data does not encrypt with a customer key.";

describe("S3-03", () => {
  it.each<[string, JsonObject]>([
    ["of the estate", {}],
    ["by its ARN", { kms_master_key_id: "arn:aws:kms:us-east-1:111122223333:key/0a" }],
    ["by an alias", { kms_master_key_id: "alias/data" }],
    ["from elsewhere", { kms_master_key_id: "${var.key}" }],
  ])("lets a bucket be that has a key %s", (_, more) => {
    expect(apart(chosen(more))).toEqual([]);
    expect(apart([chosen(more)])).toEqual([]);
    expect(inline({ server_side_encryption_configuration: { rule: chosen(more) } })).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["the key of S3", chosen({ sse_algorithm: "AES256" })],
    ["two layers of keys", chosen({ sse_algorithm: "aws:kms:dsse" })],
    ["no key", chosen({ kms_master_key_id: null })],
    ["an alias of AWS", chosen({ kms_master_key_id: "alias/aws/s3" })],
    ["the ARN of such an alias", chosen({ kms_master_key_id: "arn:aws:kms:us-east-1:111122223333:alias/aws/s3" })],
    ["no choice", { bucket_key_enabled: true }],
  ])("finds a bucket with %s", (_, rule) => {
    expect(apart(rule)).toEqual([weak]);
    expect(inline({ server_side_encryption_configuration: [{ rule: [rule] }] })).toEqual([
      "aws_s3_bucket.data does not encrypt with a customer key.",
    ]);
  });

  it("finds a configuration without a rule, and a bucket without a configuration", () => {
    expect(apart([])).toEqual([weak]);
    expect(inline({})).toEqual(["aws_s3_bucket.data is encrypted with the key of S3."]);
  });
});
