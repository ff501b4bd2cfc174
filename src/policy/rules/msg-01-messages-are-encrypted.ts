import { isCustomerKey } from "../customer-keys";
import type { SecurityRule } from "../security-rule";

/** What holds messages, and the attribute that names its key. */
const keyAttributes = {
  aws_sqs_queue: "kms_master_key_id",
  aws_sns_topic: "kms_master_key_id",
  aws_scheduler_schedule: "kms_key_arn",
} as const;

export const msg01: SecurityRule = {
  id: "MSG-01",
  scope: "resource",
  demand: "Queues, topics and schedules are encrypted with a key of ours.",
  why: "A message holds what a tenant submitted; with AWS's key nobody can say who read it, or take the right away.",
  covers: [
    ...["CKV_AWS_26", "CKV_AWS_27", "CKV_AWS_297", "CKV2_AWS_73"],
    ...["AWS-0095", "AWS-0096", "AWS-0135", "AWS-0136"],
  ],
  *check(look) {
    for (const [type, attribute] of Object.entries(keyAttributes)) {
      for (const at of look.resources(type)) {
        if (isCustomerKey(look, at, attribute)) continue;
        yield {
          at,
          message: look.isSet(at, attribute)
            ? "is encrypted with a key of AWS."
            : "is not encrypted with a key of ours.",
          fix: `Set ${attribute} to the ARN of the messages key.`,
        };
      }
    }
  },
};
