import { block, flag } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

export const statefulTypes = [
  "aws_dynamodb_table",
  "aws_s3_bucket",
  "aws_kms_key",
  "aws_backup_vault",
  "aws_secretsmanager_secret",
];

export const statefulIsProtected: Rule = {
  id: "stateful-is-protected",
  promise: "Terraform refuses to destroy tables, buckets, keys, vaults and secrets.",
  why: "A renamed construct would otherwise delete the data it holds (FS-08).",
  *violations(estate) {
    for (const resource of statefulTypes.flatMap((type) => managedResources(estate, type))) {
      const lifecycle = block(resource, "lifecycle");
      if (!lifecycle || flag(lifecycle, "prevent_destroy") !== true) {
        yield { at: resource, message: "can be destroyed; set lifecycle.prevent_destroy." };
      }
    }
    for (const table of managedResources(estate, "aws_dynamodb_table")) {
      if (flag(table, "deletion_protection_enabled") !== true) {
        yield { at: table, message: "can be deleted by hand; set deletion_protection_enabled." };
      }
    }
  },
};
