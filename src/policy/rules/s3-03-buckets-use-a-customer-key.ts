import type { Block } from "../../terraform/estate";
import { type BucketSetting, bucketsWithout, settingsOf } from "../buckets";
import { isCustomerKey } from "../customer-keys";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const encryption: BucketSetting = {
  type: "aws_s3_bucket_server_side_encryption_configuration",
  inline: "server_side_encryption_configuration",
};

export const s303: SecurityRule = {
  id: "S3-03",
  scope: "linked",
  demand: "A bucket encrypts by aws:kms with a customer key, if nothing else is asked for.",
  why: "Whoever may read the bucket reads everything: no key policy stands in between, and no use of a key is logged.",
  covers: ["CKV_AWS_19", "CKV_AWS_145", "AWS-0132"],
  *check(look) {
    for (const at of bucketsWithout(look, encryption)) {
      const fix = `Add an ${encryption.type} with sse_algorithm aws:kms and kms_master_key_id.`;
      yield { at, message: "is encrypted with the key of S3.", fix };
    }
    for (const { at, block } of settingsOf(look, encryption)) {
      const rules = look.blocks(block, "rule");
      if (rules.length > 0 && rules.every((rule) => isByCustomerKey(look, rule))) continue;
      const fix = "Set sse_algorithm to aws:kms, and kms_master_key_id to a key of the estate.";
      yield { at, message: "does not encrypt with a customer key.", fix };
    }
  },
};

const isByCustomerKey = (look: Look, rule: Block): boolean =>
  look
    .blocks(rule, "apply_server_side_encryption_by_default")
    .some(
      (chosen) =>
        look.holds(chosen, "sse_algorithm", (algorithm) => algorithm === "aws:kms") &&
        isCustomerKey(look, chosen, "kms_master_key_id"),
    );
