import type { Block } from "../../terraform/estate";
import { type BucketSetting, bucketsWithout, type PlacedSetting, settingsOf } from "../buckets";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const lifecycle: BucketSetting = { type: "aws_s3_bucket_lifecycle_configuration", inline: "lifecycle_rule" };

/** What narrows a rule to some objects, besides a prefix: in a filter, in its `and`, or in the rule as of old. */
const narrowing = ["tag", "tags", "object_size_greater_than", "object_size_less_than"] as const;

export const s305: SecurityRule = {
  id: "S3-05",
  scope: "linked",
  demand: "A bucket has a lifecycle, of which one enabled rule ends unfinished uploads of every object.",
  why: "Parts of uploads that nobody finished are kept and paid for, unseen, for ever.",
  covers: ["CKV_AWS_300", "CKV2_AWS_61"],
  *check(look) {
    const fix = "Add an Enabled rule with an empty filter and abort_incomplete_multipart_upload.";
    for (const at of bucketsWithout(look, lifecycle)) yield { at, message: "has no lifecycle.", fix };
    const settings = settingsOf(look, lifecycle);
    for (const at of new Set(settings.map((setting) => setting.at))) {
      const rules = settings.filter((setting) => setting.at === at).flatMap((setting) => rulesIn(look, setting));
      if (rules.some((rule) => isEnabled(look, rule) && endsUploads(look, rule) && isForAll(look, rule))) continue;
      yield { at, message: "keeps unfinished uploads for ever.", fix };
    }
  },
};

/** A block of the bucket is a rule itself. */
const rulesIn = (look: Look, { at, block }: PlacedSetting): Block[] =>
  at === block ? look.blocks(block, "rule") : [block];

const isEnabled = (look: Look, rule: Block): boolean =>
  isOn(look, rule, "enabled") || look.holds(rule, "status", (status) => status === "Enabled");

const endsUploads = (look: Look, rule: Block): boolean =>
  look.isSet(rule, "abort_incomplete_multipart_upload_days") ||
  look.blocks(rule, "abort_incomplete_multipart_upload").some((abort) => look.isSet(abort, "days_after_initiation"));

const isForAll = (look: Look, rule: Block): boolean => {
  const filters = look.blocks(rule, "filter");
  const holders = [rule, ...filters, ...filters.flatMap((filter) => look.blocks(filter, "and"))];
  return !holders.some((holder) => hasPrefix(look, holder) || narrowing.some((name) => look.isSet(holder, name)));
};

const hasPrefix = (look: Look, holder: Block): boolean =>
  look.isSet(holder, "prefix") && !look.holds(holder, "prefix", (prefix) => prefix === "");
