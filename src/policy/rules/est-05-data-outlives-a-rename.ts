import type { Resource } from "../../terraform/estate";
import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

/** What holds data, or what data cannot be read without. */
const holdsData = [
  ...["aws_dynamodb_table", "aws_dynamodb_table_replica", "aws_s3_bucket", "aws_kms_key", "aws_kms_replica_key"],
  ...["aws_backup_vault", "aws_secretsmanager_secret", "aws_cloudwatch_log_group"],
] as const;

export const est05: SecurityRule = {
  id: "EST-05",
  scope: "estate",
  demand: "Terraform refuses to destroy tables, buckets, keys, vaults, secrets and log groups.",
  why: "A construct that is renamed or left out takes its data with it at the next apply (FS-08).",
  covers: [],
  *check(look) {
    for (const at of look.resources(...holdsData)) {
      if (look.blocks(at, "lifecycle").some((lifecycle) => isOn(look, lifecycle, "prevent_destroy"))) continue;
      if (goesWithAnother(at)) continue;
      yield { at, message: "can be destroyed by an apply.", fix: "Set lifecycle.prevent_destroy to true." };
    }
  },
};

/** A log group whose name holds an id that AWS invents, such as a REST API's, can only go when that thing goes. */
const goesWithAnother = ({ type, attributes }: Resource): boolean =>
  type === "aws_cloudwatch_log_group" && /\$\{aws_\w+\.[\w-]+\.id\}/.test(String(attributes.name ?? ""));
