import { type BucketSetting, bucketsWithout, type PlacedSetting, settingsOf } from "../buckets";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const versioning: BucketSetting = { type: "aws_s3_bucket_versioning", inline: "versioning" };

export const s302: SecurityRule = {
  id: "S3-02",
  scope: "linked",
  demand: "A bucket keeps versions.",
  why: "What is overwritten or deleted by mistake or by malice is gone.",
  covers: ["CKV_AWS_21", "AWS-0090"],
  *check(look) {
    for (const at of bucketsWithout(look, versioning)) {
      yield { at, message: "keeps no versions.", fix: `Add an ${versioning.type} with status Enabled.` };
    }
    for (const setting of settingsOf(look, versioning)) {
      if (isEnabled(look, setting)) continue;
      yield {
        at: setting.at,
        message: "keeps no versions.",
        fix: "Set status in versioning_configuration to Enabled.",
      };
    }
  },
};

/** The bucket's own block says `enabled`, the resource has a status. */
const isEnabled = (look: Look, { block }: PlacedSetting): boolean =>
  isOn(look, block, "enabled") ||
  look
    .blocks(block, "versioning_configuration")
    .some((configuration) => look.holds(configuration, "status", (status) => status === "Enabled"));
