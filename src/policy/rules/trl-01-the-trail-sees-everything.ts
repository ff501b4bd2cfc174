import type { Block } from "../../terraform/estate";
import { isCustomerKey } from "../customer-keys";
import { isOn } from "../flags";
import type { Look } from "../look";
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
      if (look.isSet(at, "include_global_service_events") && !isOn(look, at, "include_global_service_events")) {
        const fix = "Remove include_global_service_events, or set it to true.";
        yield { at, message: "leaves out IAM and the other services without a region.", fix };
      }
      const selectors = look.blocks(at, "event_selector");
      if (selectors.length > 0 && !selectors.some((selector) => takesManagementEvents(look, selector))) {
        const fix = "Set include_management_events to true and read_write_type to All in an event_selector.";
        yield { at, message: "does not record every management event.", fix };
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

/** Both are so where nothing is written (AWS provider). */
const takesManagementEvents = (look: Look, selector: Block): boolean =>
  (!look.isSet(selector, "include_management_events") || isOn(look, selector, "include_management_events")) &&
  (!look.isSet(selector, "read_write_type") || look.holds(selector, "read_write_type", (type) => type === "All"));
