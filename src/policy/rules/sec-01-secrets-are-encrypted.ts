import { isCustomerKey } from "../customer-keys";
import type { SecurityRule } from "../security-rule";

export const sec01: SecurityRule = {
  id: "SEC-01",
  scope: "resource",
  demand: "Secrets, their replicas and SecureString parameters are encrypted with a key of ours.",
  why: "With AWS's key, whoever may read secrets in the account can read these; ours asks once more.",
  covers: ["CKV_AWS_149", "CKV_AWS_337", "AWS-0098"],
  *check(look) {
    const message = "is not encrypted with a key of ours.";
    for (const secret of look.resources("aws_secretsmanager_secret")) {
      if (!isCustomerKey(look, secret, "kms_key_id")) {
        yield { at: secret, message, fix: "Set kms_key_id to the ARN of the secrets key." };
      }
      if (look.blocks(secret, "replica").some((replica) => !isCustomerKey(look, replica, "kms_key_id"))) {
        yield {
          at: secret,
          message: "has a replica that is not encrypted with a key of ours.",
          fix: "Set kms_key_id of the replica to the ARN of a key in its region.",
        };
      }
    }
    for (const parameter of look.resources("aws_ssm_parameter")) {
      if (look.text(parameter, "type") !== "SecureString" || isCustomerKey(look, parameter, "key_id")) continue;
      yield { at: parameter, message, fix: "Set key_id to the ARN of the secrets key." };
    }
  },
};
