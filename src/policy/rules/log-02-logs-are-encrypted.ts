import type { SecurityRule } from "../security-rule";

export const log02: SecurityRule = {
  id: "LOG-02",
  scope: "resource",
  demand: "A log group is encrypted with a key of ours.",
  why: "Logs say who did what; with our own key, whoever reads them is written down, and can be stopped.",
  covers: ["CKV_AWS_158", "AWS-0017"],
  *check(look) {
    for (const group of look.resources("aws_cloudwatch_log_group")) {
      if (look.isSet(group, "kms_key_id")) continue;
      yield {
        at: group,
        message: "is not encrypted with a key of ours.",
        fix: "Set kms_key_id to the logs key's ARN.",
      };
    }
  },
};
