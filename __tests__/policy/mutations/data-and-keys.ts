import type { Mutation } from "./mutation";
import { changeStatements, within, withinWhere } from "./stack-changes";

const table = ["aws_dynamodb_table", "data/reviews-table"] as const;
const key = ["aws_kms_key", "data/keys/data"] as const;
const secret = ["aws_secretsmanager_secret", "data/github-webhook-secret"] as const;
const rotation = ["aws_secretsmanager_secret_rotation", "service/secrets/github-webhook-rotation"] as const;
const weekly = ({ rule_name }: { rule_name?: unknown }) => rule_name === "weekly";

export const dataMutations: readonly Mutation[] = [
  {
    rule: "DDB-01",
    what: "a table cannot go back",
    change({ at }) {
      within(at(...table), "point_in_time_recovery").enabled = false;
    },
  },
  {
    rule: "DDB-01",
    what: "a table can be deleted",
    change({ at }) {
      at(...table).deletion_protection_enabled = false;
    },
  },
  {
    rule: "DDB-02",
    what: "a table has the key that AWS keeps",
    change({ at }) {
      within(at(...table), "server_side_encryption").kms_key_arn = "alias/aws/dynamodb";
    },
  },
  {
    rule: "DDB-02",
    what: "a replica has no key of ours",
    change({ at }) {
      delete at("aws_dynamodb_table_replica", "data/reviews-replica").kms_key_arn;
    },
  },
  {
    rule: "DDB-03",
    what: "a table has a capacity that does not scale",
    change({ at }) {
      Object.assign(at(...table), { billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 5 });
    },
  },
  {
    rule: "KMS-01",
    what: "a key does not rotate",
    change({ at }) {
      at(...key).enable_key_rotation = false;
    },
  },
  {
    rule: "KMS-01",
    what: "a key is gone after a week",
    change({ at }) {
      at(...key).deletion_window_in_days = 7;
    },
  },
  {
    rule: "KMS-02",
    what: "everybody may decrypt",
    change({ at }) {
      changeStatements(at(...key), "policy", (statements) => {
        statements.push({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" });
      });
    },
  },
  {
    rule: "KMS-02",
    what: "everybody may decrypt through whatever service",
    change({ at }) {
      changeStatements(at(...key), "policy", (statements) => {
        const Condition = { StringLike: { "kms:ViaService": "*" } };
        statements.push({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*", Condition });
      });
    },
  },
  {
    rule: "KMS-02",
    what: "a key has the policy that AWS writes",
    change({ at }) {
      delete at(...key).policy;
    },
  },
  {
    rule: "SEC-01",
    what: "a secret has the key that AWS keeps",
    change({ at }) {
      delete at(...secret).kms_key_id;
    },
  },
  {
    rule: "SEC-01",
    what: "the replica of a secret has the key that AWS keeps",
    change({ at }) {
      delete within(at(...secret), "replica").kms_key_id;
    },
  },
  {
    rule: "SEC-02",
    what: "a secret rotates once a year",
    change({ at }) {
      within(at(...rotation), "rotation_rules").schedule_expression = "cron(0 1 5 1 ? *)";
    },
  },
  {
    rule: "SEC-02",
    what: "a secret does not rotate",
    change({ remove }) {
      remove(...rotation);
    },
  },
  {
    rule: "SEC-03",
    what: "the value of a secret stands in the code",
    change({ add }) {
      const secret_id = "acme-production-github-webhook";
      add("data", "aws_secretsmanager_secret_version", { secret_id, secret_string: "not-a-real-one" });
    },
  },
  {
    rule: "SEC-03",
    what: "an access key stands in a provider block",
    change({ provider }) {
      provider("data").secret_key = "not-a-real-one";
    },
  },
  {
    rule: "BKP-01",
    what: "a backup ends before AWS lets it",
    change({ at }) {
      const plan = at("aws_backup_plan", "recovery/plan");
      within(withinWhere(plan, "rule", weekly), "lifecycle").delete_after = 60;
    },
  },
  {
    rule: "BKP-01",
    what: "backups have the key that AWS keeps",
    change({ at }) {
      delete at("aws_backup_vault", "recovery/vaults/primary").kms_key_arn;
    },
  },
  {
    rule: "DAT-01",
    what: "a query may read everything",
    change({ at }) {
      const workgroup = at("aws_athena_workgroup", "compliance/audit/workgroup");
      delete within(workgroup, "configuration").bytes_scanned_cutoff_per_query;
    },
  },
  {
    rule: "DAT-01",
    what: "the log stream has the key that AWS keeps",
    change({ at }) {
      const stream = at("aws_kinesis_firehose_delivery_stream", "compliance/log-streams/home-stream");
      within(stream, "server_side_encryption").key_type = "AWS_OWNED_CMK";
    },
  },
  {
    rule: "TRL-01",
    what: "the trail does not prove its files",
    change({ at }) {
      at("aws_cloudtrail", "compliance/trail").enable_log_file_validation = false;
    },
  },
  {
    rule: "TRL-01",
    what: "the trail is off",
    change({ at }) {
      at("aws_cloudtrail", "compliance/trail").enable_logging = false;
    },
  },
  {
    rule: "TRL-01",
    what: "the trail leaves out who changed what",
    change({ at }) {
      within(at("aws_cloudtrail", "compliance/trail"), "event_selector").include_management_events = false;
    },
  },
];
