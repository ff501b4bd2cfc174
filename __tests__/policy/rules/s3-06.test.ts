import { s306 } from "../../../src/policy/rules/s3-06-buckets-are-replicated";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const key = "arn:aws:kms:us-west-2:111122223333:key/0f";
const destination = (bucket: string): JsonObject => ({ bucket, encryption_configuration: { replica_kms_key_id: key } });
const rule = (more: JsonObject = {}): JsonObject => ({
  id: "dr",
  status: "Enabled",
  filter: { prefix: "" },
  delete_marker_replication: { status: "Disabled" },
  destination: destination("arn:aws:s3:::data-dr"),
  ...more,
});
const replicated = (rules: JsonObject | JsonObject[]): Fragment => ({
  aws_s3_bucket: { data: { bucket: "data" } },
  aws_s3_bucket_replication_configuration: { data: { bucket: "${aws_s3_bucket.data.id}", rule: rules } },
});
const withReplica = (target: string): Fragment => {
  const from = replicated(rule({ destination: destination(target) }));
  return { ...from, aws_s3_bucket: { data: { bucket: "data" }, dr: { bucket: "data-dr" } } };
};

describe("S3-06", () => {
  it.each<[string, JsonObject | JsonObject[]]>([
    ["by an object", rule()],
    ["by a list, in lists", [rule({ filter: [{}], delete_marker_replication: [{ status: "Enabled" }] })]],
    ["as somebody else says", rule({ delete_marker_replication: { status: "${var.status}" } })],
    ["with a bare rule that is off", [rule(), { id: "off", status: "Disabled" }]],
  ])("lets a bucket be that is replicated %s", (_, rules) => {
    expect(found(s306, replicated(rules))).toEqual([]);
  });

  it.each(["arn:aws:s3:::data-dr", "${aws_s3_bucket.dr.arn}", "arn:aws:s3:::${aws_s3_bucket.dr.id}"])(
    "lets the replica %s be",
    (target) => {
      expect(found(s306, withReplica(target))).toEqual([]);
    },
  );

  it("reads the bucket's own block", () => {
    const rules = {
      status: "Enabled",
      filter: {},
      delete_marker_replication_status: "Enabled",
      destination: { bucket: "arn:aws:s3:::data-dr", replica_kms_key_id: key },
    };
    const inline = { aws_s3_bucket: { data: { replication_configuration: { rules } }, dr: { bucket: "data-dr" } } };
    expect(found(s306, inline)).toEqual([]);
  });

  it("finds a bucket that is neither replicated nor a replica", () => {
    expect(found(s306, withReplica("arn:aws:s3:::other"))).toEqual(["aws_s3_bucket.dr is not replicated."]);
  });

  it.each<[string, JsonObject, string]>([
    ["filter", { filter: [] }, "its enabled rule dr does not set filter."],
    [
      "delete markers",
      { delete_marker_replication: [] },
      "its enabled rule dr does not set delete_marker_replication.status.",
    ],
    [
      "key",
      { destination: { bucket: "arn:aws:s3:::data-dr" } },
      "its enabled rule dr does not set destination.encryption_configuration.replica_kms_key_id.",
    ],
    ["force", { status: "Disabled" }, "has no enabled rule."],
  ])("finds a rule without %s", (_, more, message) => {
    expect(found(s306, replicated([rule(more)]))).toEqual([`aws_s3_bucket_replication_configuration.data ${message}`]);
  });
});
