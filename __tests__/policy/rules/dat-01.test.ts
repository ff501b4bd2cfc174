import { dat01 } from "../../../src/policy/rules/dat-01-streams-and-queries-are-encrypted";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const key = "${aws_kms_key.data.arn}";
const stream = (server_side_encryption: Json) =>
  found(dat01, { aws_kinesis_firehose_delivery_stream: { logs: { server_side_encryption } } });
const workgroup = (configuration: JsonObject | JsonObject[]) =>
  found(dat01, { aws_athena_workgroup: { audit: { configuration } } });
const encrypted = (encryption: JsonObject, more: JsonObject = {}): JsonObject => ({
  bytes_scanned_cutoff_per_query: 10_485_760,
  result_configuration: { encryption_configuration: encryption },
  ...more,
});
const withKey = { encryption_option: "SSE_KMS", kms_key_arn: key };

describe("DAT-01", () => {
  const keyed = { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: key };

  it("lets a stream have a customer key", () => {
    expect(stream(keyed)).toEqual([]);
    expect(stream([keyed])).toEqual([]);
  });

  it.each<Json>([
    null,
    { ...keyed, enabled: false },
    { ...keyed, key_type: "AWS_OWNED_CMK" },
    { ...keyed, key_type: null },
    { ...keyed, key_arn: null },
  ])("finds that a stream with %j has none", (encryption) => {
    expect(stream(encryption)).toEqual([
      "aws_kinesis_firehose_delivery_stream.logs is not encrypted with a customer key.",
    ]);
  });

  it.each<JsonObject | JsonObject[]>([
    encrypted(withKey),
    [encrypted(withKey, { enforce_workgroup_configuration: true })],
    encrypted(withKey, { bytes_scanned_cutoff_per_query: "10737418240" }),
    { bytes_scanned_cutoff_per_query: 10_485_760, result_configuration: [{ encryption_configuration: [withKey] }] },
  ])("lets a workgroup be %j", (configuration) => {
    expect(workgroup(configuration)).toEqual([]);
  });

  const plain = "does not encrypt its results with a customer key.";
  it.each<[JsonObject, string[]]>([
    [{}, [plain, "does not bound what a query reads."]],
    [encrypted({ encryption_option: "SSE_S3" }), [plain]],
    [encrypted({ encryption_option: "SSE_KMS" }), [plain]],
    [encrypted(withKey, { enforce_workgroup_configuration: false }), ["lets a query set aside what it demands."]],
    [encrypted(withKey, { bytes_scanned_cutoff_per_query: 1_000 }), ["does not bound what a query reads."]],
    [encrypted(withKey, { bytes_scanned_cutoff_per_query: null }), ["does not bound what a query reads."]],
  ])("finds in a workgroup with %j: %j", (configuration, messages) => {
    expect(workgroup(configuration)).toEqual(messages.map((message) => `aws_athena_workgroup.audit ${message}`));
  });
});
