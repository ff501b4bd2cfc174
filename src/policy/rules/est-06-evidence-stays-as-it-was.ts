import type { Resource } from "../../terraform/estate";
import { isObject, objectsOf } from "../../terraform/json";
import { accountPlace } from "../account-place";
import { type BucketSetting, bucketsOf, settingsOfBucket } from "../buckets";
import { toldStatements } from "../channels";
import { missingRefusals } from "../lock-denies";
import type { Look } from "../look";
import { unguardedSigning } from "../seal-keys";
import type { SecurityRule } from "../security-rule";

/** Seven years with their leap days, and the next day where nothing is real (compliance reference, D7). */
const leastDays = { kept: 2557, trial: 1 } as const;
/** What the default tag Tier says where evidence may go. */
const trialTiers: readonly unknown[] = ["staging", "development"];

const lock: BucketSetting = { type: "aws_s3_bucket_object_lock_configuration", inline: "object_lock_configuration" };

export const est06: SecurityRule = {
  id: "EST-06",
  scope: "estate",
  demand: `Evidence is locked for ${leastDays.kept} days, for ${leastDays.trial} outside production; its bucket refuses whatever would loosen the lock, and only the sealer signs.`,
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
      const least = trialTiers.includes(tierOf(at)) ? leastDays.trial : leastDays.kept;
      if (days < least) {
        const fix = `Set days to ${least} or more; ${leastDays.trial} is enough only where the default tag Tier is ${trialTiers.join(" or ")}.`;
        yield { at, message: `is locked for ${days} days only.`, fix };
      }
      const policies = [at, ...look.linked(at, "aws_s3_bucket_policy", "bucket")];
      for (const { actions, fix } of missingRefusals(at, policies.flatMap(toldStatements), days)) {
        yield { at, message: `is locked, but does not refuse ${actions.join(", ")}.`, fix };
      }
    }
    yield* unguardedSigning(look);
  },
};

/** Days for which a new object is locked; absent without a default retention. A length that is told elsewhere is enough. */
function lockDays(look: Look, bucket: Resource): number | undefined {
  const retentions = settingsOfBucket(look, bucket, lock)
    .flatMap(({ block }) => look.blocks(block, "rule"))
    .flatMap((rule) => look.blocks(rule, "default_retention"));
  const [first] = retentions.map((retention) => {
    const years = look.number(retention, "years");
    return years === undefined ? (look.number(retention, "days") ?? leastDays.kept) : Math.ceil(years * 365.25);
  });
  return first;
}

/** The default tag; where it is absent or not told, evidence is kept as in production. */
function tierOf({ provider, address }: Resource): unknown {
  const blocks = objectsOf(provider?.body.default_tags, `${address}.provider.default_tags`);
  const [named] = blocks.flatMap(({ tags }) => (isObject(tags) ? (tags.Tier ?? []) : []));
  return named;
}

const isForEvidence = (look: Look, bucket: Resource): boolean =>
  /(^|-)evidence(-|$)/.test(look.text(bucket, "bucket") ?? "");
