import type { Resource } from "../../terraform/estate";
import { accountPlace } from "../account-place";
import { type BucketSetting, bucketsOf, settingsOfBucket } from "../buckets";
import { toldStatements } from "../channels";
import { missingRefusals } from "../lock-denies";
import type { Look } from "../look";
import { unguardedSigning } from "../seal-keys";
import type { SecurityRule } from "../security-rule";

const lock: BucketSetting = { type: "aws_s3_bucket_object_lock_configuration", inline: "object_lock_configuration" };

export const est06: SecurityRule = {
  id: "EST-06",
  scope: "estate",
  demand: "Evidence is locked, its bucket refuses whatever would loosen the lock, and only the sealer signs.",
  why: "Who controls the record of a deed can change it; evidence that could have been changed proves nothing.",
  covers: [],
  *check(look) {
    const buckets = bucketsOf(look).map((at) => ({ at, days: lockDays(look, at) }));
    const kept = buckets.filter(({ at, days }) => days !== undefined || isForEvidence(look, at));
    const place = accountPlace(look);
    if (kept.length === 0 && place !== undefined) {
      const fix = "Add a bucket with an Object Lock and a default retention.";
      yield { at: place, message: "is an account in which no bucket is locked, so it keeps no evidence.", fix };
    }
    for (const { at, days } of kept) {
      if (days === undefined) {
        const fix = `Add an ${lock.type} with mode and days in rule.default_retention.`;
        yield { at, message: "holds evidence without a lock.", fix };
        continue;
      }
      const policies = [at, ...look.linked(at, "aws_s3_bucket_policy", "bucket")];
      for (const { actions, fix } of missingRefusals(at, policies.flatMap(toldStatements), days)) {
        yield { at, message: `is locked, but does not refuse ${actions.join(", ")}.`, fix };
      }
    }
    yield* unguardedSigning(look);
  },
};

/** Days for which a new object is locked; absent without a default retention. A length that is told elsewhere is one. */
function lockDays(look: Look, bucket: Resource): number | undefined {
  const retentions = settingsOfBucket(look, bucket, lock)
    .flatMap(({ block }) => look.blocks(block, "rule"))
    .flatMap((rule) => look.blocks(rule, "default_retention"));
  const [first] = retentions.map((retention) => {
    const years = look.number(retention, "years");
    return years === undefined ? (look.number(retention, "days") ?? 1) : years * 365;
  });
  return first;
}

const isForEvidence = (look: Look, bucket: Resource): boolean =>
  /(^|-)evidence(-|$)/.test(look.text(bucket, "bucket") ?? "");
