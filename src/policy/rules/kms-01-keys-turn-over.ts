import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

const leastWindowDays = 30;

export const kms01: SecurityRule = {
  id: "KMS-01",
  scope: "resource",
  demand: "A symmetric key rotates, is not disabled, and can be taken back for 30 days after its deletion.",
  why: "An old key in the wrong hands opens everything that was ever encrypted with it; a deleted one, nothing any more.",
  covers: ["CKV_AWS_7", "CKV_AWS_227", "AWS-0065"],
  *check(look) {
    for (const key of look.resources("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key")) {
      const spec = look.text(key, "customer_master_key_spec") ?? "SYMMETRIC_DEFAULT";
      const usage = look.text(key, "key_usage") ?? "ENCRYPT_DECRYPT";
      const isSymmetric = spec === "SYMMETRIC_DEFAULT" && usage === "ENCRYPT_DECRYPT";
      if (key.type === "aws_kms_key" && isSymmetric && !isOn(look, key, "enable_key_rotation")) {
        yield { at: key, message: "does not rotate.", fix: "Set enable_key_rotation to true." };
      }
      if (look.isSet(key, "is_enabled") && !isOn(look, key, "is_enabled")) {
        yield { at: key, message: "is disabled.", fix: "Remove is_enabled, or delete the key." };
      }
      const days = look.number(key, "deletion_window_in_days");
      if (days !== undefined && days < leastWindowDays) {
        yield {
          at: key,
          message: `is gone ${days} days after its deletion.`,
          fix: `Set deletion_window_in_days to ${leastWindowDays}.`,
        };
      }
    }
  },
};
