import { s308 } from "../../../src/policy/rules/s3-08-locks-hold";
import type { JsonObject } from "../../../src/terraform/json";
import { type Fragment, found } from "../fragment";

const retention = (default_retention: JsonObject): JsonObject => ({ rule: { default_retention } });
const lock = (body: JsonObject = retention({ mode: "GOVERNANCE", days: 1 }), bucket = "evidence"): Fragment => ({
  aws_s3_bucket_object_lock_configuration: { lock: { bucket, ...body } },
});
const replication = (target: string): Fragment => ({
  aws_s3_bucket_replication_configuration: {
    dr: { bucket: "${aws_s3_bucket.evidence.id}", rule: { status: "Enabled", destination: { bucket: target } } },
  },
});
const buckets = (evidence: JsonObject, dr: JsonObject = {}): Fragment => ({
  aws_s3_bucket: { evidence: { bucket: "evidence", ...evidence }, dr: { bucket: "evidence-dr", ...dr } },
});
const unlocked = ["aws_s3_bucket.dr is the replica of a locked bucket, but is not locked."];

describe("S3-08", () => {
  it.each<[string, JsonObject]>([
    ["for days", retention({ mode: "GOVERNANCE", days: 1 })],
    ["for years, in lists", { rule: [{ default_retention: [{ mode: "COMPLIANCE", years: "7" }] }] }],
    ["for as long as somebody else says", retention({ mode: "${var.mode}", days: "${var.days}" })],
  ])("lets a lock be that holds %s", (_, body) => {
    expect(found(s308, lock(body))).toEqual([]);
    expect(found(s308, buckets({ object_lock_configuration: body }))).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["no mode", retention({ days: 1 })],
    ["another mode", retention({ mode: "NONE", days: 1 })],
    ["neither days nor years", retention({ mode: "GOVERNANCE" })],
    ["both", retention({ mode: "GOVERNANCE", days: 1, years: 1 })],
    ["no days at all", retention({ mode: "GOVERNANCE", days: 0 })],
    ["no rule", { object_lock_enabled: "Enabled" }],
  ])("finds a lock with %s", (_, body) => {
    expect(found(s308, lock(body))).toEqual([
      "aws_s3_bucket_object_lock_configuration.lock does not lock new objects for a time.",
    ]);
    expect(found(s308, buckets({ object_lock_configuration: body }))).toEqual([
      "aws_s3_bucket.evidence does not lock new objects for a time.",
    ]);
  });

  it("finds a bucket that may lock but does not", () => {
    expect(found(s308, buckets({ object_lock_enabled: true }))).toEqual([
      "aws_s3_bucket.evidence may lock objects, but has no lock.",
    ]);
    expect(found(s308, { ...buckets({ object_lock_enabled: true }), ...lock() })).toEqual([]);
    expect(found(s308, buckets({ object_lock_enabled: "${var.locked}" }))).toEqual([]);
  });

  it.each(["arn:aws:s3:::evidence-dr", "${aws_s3_bucket.dr.arn}"])("finds the unlocked replica %s", (target) => {
    expect(found(s308, { ...buckets({}), ...lock(), ...replication(target) })).toEqual(unlocked);
    const dr = { object_lock_configuration: retention({ mode: "COMPLIANCE", days: 1 }) };
    expect(found(s308, { ...buckets({}, dr), ...lock(), ...replication(target) })).toEqual([]);
  });

  it("finds the unlocked replica of a bucket that is locked and replicated inline", () => {
    const rules = { status: "Enabled", destination: { bucket: "arn:aws:s3:::evidence-dr" } };
    const inline = {
      object_lock_configuration: retention({ mode: "COMPLIANCE", days: 1 }),
      replication_configuration: { rules },
    };
    expect(found(s308, buckets(inline))).toEqual(unlocked);
  });

  it("lets the replica of an unlocked bucket be, and one outside the estate", () => {
    expect(found(s308, { ...buckets({}), ...replication("arn:aws:s3:::evidence-dr") })).toEqual([]);
    expect(found(s308, { ...buckets({}), ...lock(), ...replication("arn:aws:s3:::elsewhere") })).toEqual([]);
  });
});
