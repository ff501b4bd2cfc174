import type { Block, Resource } from "../../terraform/estate";
import { type BucketSetting, bucketsOf, namesBucket, settingsOf, settingsOfBucket } from "../buckets";
import { isWrittenOn } from "../flags";
import type { Look } from "../look";
import { replicationsInto } from "../replication";
import type { SecurityRule } from "../security-rule";

const lock: BucketSetting = { type: "aws_s3_bucket_object_lock_configuration", inline: "object_lock_configuration" };
const modes: readonly unknown[] = ["GOVERNANCE", "COMPLIANCE"];

export const s308: SecurityRule = {
  id: "S3-08",
  scope: "linked",
  demand: "Object Lock has a mode and exactly one of days and years, and the replica of a locked bucket is locked.",
  why: "What must not change can be changed: in the bucket, or in the copy that takes its place.",
  covers: ["CKV_AWS_143"],
  *check(look) {
    for (const { at, block } of settingsOf(look, lock)) {
      const retentions = look.blocks(block, "rule").flatMap((rule) => look.blocks(rule, "default_retention"));
      if (retentions.length > 0 && retentions.every((retention) => holds(look, retention))) continue;
      const fix = "Set mode and either days or years in rule.default_retention.";
      yield { at, message: "does not lock new objects for a time.", fix };
    }
    for (const at of bucketsOf(look)) {
      const fix = `Add an ${lock.type} with mode and days or years, and object_lock_enabled true on the bucket.`;
      if (settingsOfBucket(look, at, lock).length > 0) continue;
      if (isWrittenOn(look, at, "object_lock_enabled")) {
        yield { at, message: "may lock objects, but has no lock.", fix };
      } else if (replicationsInto(look, at).some((replication) => isLockedSource(look, replication))) {
        yield { at, message: "is the replica of a locked bucket, but is not locked.", fix };
      }
    }
  },
};

const holds = (look: Look, retention: Block): boolean =>
  look.holds(retention, "mode", (mode) => modes.includes(mode)) &&
  look.isSet(retention, "days") !== look.isSet(retention, "years") &&
  ["days", "years"].every(
    (name) => !look.isSet(retention, name) || look.holds(retention, name, (count) => Number(count) >= 1),
  );

/** Whether the bucket that a replication reads is locked. A bucket's own block is read by that bucket. */
const isLockedSource = (look: Look, { at, block }: { at: Resource; block: Block }): boolean =>
  bucketsOf(look)
    .filter((bucket) => (at === block ? namesBucket(look, block, "bucket", bucket) : bucket === at))
    .some(
      (bucket) => isWrittenOn(look, bucket, "object_lock_enabled") || settingsOfBucket(look, bucket, lock).length > 0,
    );
