import { isCustomerKey } from "../customer-keys";
import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

export const trl01: SecurityRule = {
  id: "TRL-01",
  scope: "resource",
  demand: "A trail covers all regions, proves its files, is on, and has a customer key, a log group and a topic.",
  why: "An attacker works where nobody records, or changes the record afterwards.",
  covers: [
    ...["CKV_AWS_35", "CKV_AWS_36", "CKV_AWS_67", "CKV_AWS_251", "CKV_AWS_252", "CKV2_AWS_10"],
    ...["AWS-0014", "AWS-0015", "AWS-0016", "AWS-0162"],
  ],
  *check(look) {
    for (const at of look.resources("aws_cloudtrail")) {
      if (!isOn(look, at, "is_multi_region_trail")) {
        yield { at, message: "records one region.", fix: "Set is_multi_region_trail to true." };
      }
      if (!isOn(look, at, "enable_log_file_validation")) {
        yield { at, message: "does not prove its files.", fix: "Set enable_log_file_validation to true." };
      }
      if (look.isSet(at, "enable_logging") && !isOn(look, at, "enable_logging")) {
        yield { at, message: "is off.", fix: "Set enable_logging to true." };
      }
      if (!isCustomerKey(look, at, "kms_key_id")) {
        yield { at, message: "is not encrypted with a customer key.", fix: "Set kms_key_id to the ARN of a key." };
      }
      if (!look.isSet(at, "cloud_watch_logs_group_arn")) {
        yield {
          at,
          message: "goes to no log group, so that no alarm can watch it.",
          fix: "Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn.",
        };
      }
      if (!look.isSet(at, "sns_topic_name")) {
        yield { at, message: "tells no topic of new files.", fix: "Set sns_topic_name." };
      }
    }
  },
};
