import { s305 } from "../../../src/policy/rules/s3-05-unfinished-uploads-end";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const abort = { abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] };
const rule = (more: JsonObject = {}): JsonObject => ({ id: "abort", status: "Enabled", ...abort, ...more });
const apart = (rules: JsonObject | JsonObject[]) =>
  found(s305, { aws_s3_bucket_lifecycle_configuration: { data: { bucket: "data", rule: rules } } });
const inline = (lifecycle_rule: JsonObject | JsonObject[]) =>
  found(s305, { aws_s3_bucket: { data: { bucket: "data", lifecycle_rule } } });
const old = { enabled: true, abort_incomplete_multipart_upload_days: 7 };

describe("S3-05", () => {
  it.each<[string, JsonObject | JsonObject[]]>([
    ["without a filter", rule()],
    ["with an empty filter", [rule({ filter: {} })]],
    ["with an empty prefix", [rule({ filter: [{ prefix: "" }] })]],
    ["with a prefix from elsewhere", [rule({ filter: { prefix: "${var.prefix}" } })]],
    ["beside a narrower one", [rule({ filter: { prefix: "tmp/" } }), rule({ filter: [{}] })]],
    ["written as an object", rule({ abort_incomplete_multipart_upload: { days_after_initiation: "7" } })],
  ])("lets a lifecycle be that has a rule %s", (_, rules) => {
    expect(apart(rules)).toEqual([]);
  });

  it("reads the bucket's own rules, and the companion of a bucket", () => {
    expect(inline(old)).toEqual([]);
    expect(inline([{ ...old, prefix: "tmp/" }, old])).toEqual([]);
    const companion = { bucket: "${aws_s3_bucket.data.id}", rule: rule() };
    const both = { aws_s3_bucket: { data: {} }, aws_s3_bucket_lifecycle_configuration: { data: companion } };
    expect(found(s305, both)).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["covers a prefix", rule({ filter: [{ prefix: "tmp/" }] })],
    ["covers a prefix as of old", rule({ prefix: "tmp/" })],
    ["covers a tag", rule({ filter: { tag: { key: "a", value: "${var.tag}" } } })],
    ["covers a prefix and a tag", rule({ filter: { and: { prefix: "tmp/", tags: { a: "b" } } } })],
    ["covers large objects", rule({ filter: { object_size_greater_than: 1 } })],
    ["is disabled", rule({ status: "Disabled" })],
    ["ends nothing", rule({ abort_incomplete_multipart_upload: [], expiration: { days: 1 } })],
  ])("finds a lifecycle whose rule %s", (_, only) => {
    expect(apart([only])).toEqual(["aws_s3_bucket_lifecycle_configuration.data keeps unfinished uploads for ever."]);
  });

  it("finds the same inline, and a bucket without a lifecycle", () => {
    expect(
      inline([
        { ...old, prefix: "tmp/" },
        { ...old, enabled: false },
      ]),
    ).toEqual(["aws_s3_bucket.data keeps unfinished uploads for ever."]);
    expect(inline([])).toEqual(["aws_s3_bucket.data has no lifecycle."]);
  });
});
