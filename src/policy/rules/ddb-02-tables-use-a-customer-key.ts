import { isCustomerKey } from "../customer-keys";
import { isOn } from "../flags";
import { saidOf } from "../look";
import type { SecurityRule } from "../security-rule";

export const ddb02: SecurityRule = {
  id: "DDB-02",
  scope: "resource",
  demand: "A table, and each of its replicas, is encrypted with a customer key.",
  why: "Whoever may read the table reads everything: no key policy stands in between.",
  covers: ["CKV_AWS_119", "CKV_AWS_271", "AWS-0025"],
  *check(look) {
    for (const at of look.resources("aws_dynamodb_table")) {
      const isEncrypted = look
        .blocks(at, "server_side_encryption")
        .some((encryption) => isOn(look, encryption, "enabled") && isCustomerKey(look, encryption, "kms_key_arn"));
      if (!isEncrypted) {
        const fix = "Set enabled to true and kms_key_arn to a key of the estate in server_side_encryption.";
        yield { at, message: "is not encrypted with a customer key.", fix };
      }
      for (const replica of look.blocks(at, "replica")) {
        if (isCustomerKey(look, replica, "kms_key_arn")) continue;
        const message = `has a replica in ${saidOf(look, replica, "region_name")} without a customer key.`;
        yield { at, message, fix: "Set kms_key_arn of the replica to a key in its region." };
      }
    }
    for (const at of look.resources("aws_dynamodb_table_replica")) {
      if (isCustomerKey(look, at, "kms_key_arn")) continue;
      const fix = "Set kms_key_arn to a key in the replica's region.";
      yield { at, message: "is not encrypted with a customer key.", fix };
    }
  },
};
