import type { Mutation } from "./mutation";
import { changeStatement, listIn, within, withinWhere } from "./stack-changes";

const rights = ["data.aws_iam_policy_document", "service/reviewer/role/permissions"] as const;
const evidencePolicy = ["aws_s3_bucket_policy", "compliance/evidence/lock/policy"] as const;
const evidenceLock = ["aws_s3_bucket_object_lock_configuration", "compliance/evidence/lock"] as const;
const alarm = ["aws_cloudwatch_metric_alarm", "observability/alarms/api-4xx"] as const;

export const estateMutations: readonly Mutation[] = [
  {
    rule: "EST-01",
    what: "nothing records the account",
    change({ remove }) {
      remove("aws_cloudtrail", "compliance/trail");
    },
  },
  {
    rule: "EST-01",
    what: "a second trail bills every call again",
    change({ at, add }) {
      add("compliance", "aws_cloudtrail", { ...at("aws_cloudtrail", "compliance/trail"), name: "second" });
    },
  },
  {
    rule: "EST-02",
    what: "one region is not analyzed for strangers",
    change({ remove }) {
      remove("aws_accessanalyzer_analyzer", "compliance/access-analyzers/external-dr");
    },
  },
  {
    rule: "EST-02",
    what: "nobody looks for rights that are not used",
    change({ at }) {
      at("aws_accessanalyzer_analyzer", "compliance/access-analyzers/unused").type = "ACCOUNT";
    },
  },
  {
    rule: "EST-03",
    what: "a function sends to the queue of another account",
    change({ at }) {
      const statement = withinWhere(at(...rights), "statement", ({ sid }) => sid === "SendDeadLetters");
      statement.resources = ["arn:aws:sqs:us-east-1:999988887777:acme-production-reviews"];
    },
  },
  {
    rule: "EST-03",
    what: "a function may change the code of another and run it",
    change({ at }) {
      const resources = ["arn:aws:lambda:us-east-1:111122223333:function:acme-production-probe"];
      const actions = ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"];
      listIn(at(...rights), "statement").push({ actions, resources });
    },
  },
  {
    rule: "EST-04",
    what: "an alarm tells a topic that is not there",
    change({ at }) {
      at(...alarm).alarm_actions = ["arn:aws:sns:us-east-1:111122223333:acme-production-nobody"];
    },
  },
  {
    rule: "EST-04",
    what: "nobody hears a topic of alarms",
    change({ remove }) {
      const path = "observability/alerts-home/error-alerts-to-oncall-example-com";
      remove("aws_sns_topic_subscription", path);
    },
  },
  {
    rule: "EST-04",
    what: "an alarm names a runbook that does not exist",
    change({ at }) {
      at(...alarm).alarm_description = "Too many 4xx. runbooks/RB-99-nothing.md";
    },
  },
  {
    rule: "EST-05",
    what: "an apply may destroy a table",
    change({ at }) {
      within(at("aws_dynamodb_table", "data/reviews-table"), "lifecycle").prevent_destroy = false;
    },
  },
  {
    rule: "EST-06",
    what: "evidence can be unlocked by whoever may delete a bucket",
    change({ at }) {
      changeStatement(at(...evidencePolicy), "policy", "DenyUnlocking", (statement) => {
        statement.Action = "s3:DeleteObjectVersion";
      });
    },
  },
  {
    rule: "EST-06",
    what: "evidence may be locked for a day",
    change({ at }) {
      changeStatement(at(...evidencePolicy), "policy", "DenyShortRetention", (statement) => {
        statement.Condition = { NumericLessThan: { "s3:object-lock-remaining-retention-days": "1" } };
      });
    },
  },
  {
    rule: "EST-06",
    what: "evidence is written under keys that callers bring and take away",
    change({ at }) {
      changeStatement(at(...evidencePolicy), "policy", "DenyCallersKeys", (statement) => {
        statement.Effect = "Allow";
        statement.Principal = { AWS: "arn:aws:iam::111122223333:root" };
      });
    },
  },
  {
    rule: "EST-06",
    what: "evidence is locked for a day where nobody says otherwise",
    change({ at }) {
      within(at(...evidenceLock), "rule", "default_retention").days = 1;
    },
  },
  {
    rule: "EST-06",
    what: "whoever may administer keys may sign evidence",
    change({ add }) {
      const Principal = { AWS: "arn:aws:iam::111122223333:root" };
      const statement = { Effect: "Allow", Principal, Action: "kms:*", Resource: "*" };
      const kind = { key_usage: "SIGN_VERIFY", customer_master_key_spec: "RSA_4096", deletion_window_in_days: 30 };
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      add("compliance", "aws_kms_key", { ...kind, lifecycle: { prevent_destroy: true }, policy });
    },
  },
  {
    rule: "EST-07",
    what: "a stack goes into whatever account there is",
    change({ provider }) {
      delete provider("edge").allowed_account_ids;
    },
  },
  {
    rule: "EST-07",
    what: "what a stack makes has no owner",
    change({ provider }) {
      delete provider("edge").default_tags;
    },
  },
  {
    rule: "EST-08",
    what: "there is something that no rule looks at",
    change({ add }) {
      add("service", "aws_elastic_beanstalk_environment", { name: "nobody-looks" });
    },
  },
  {
    rule: "TF-01",
    what: "an apply runs a script",
    change({ add }) {
      add("service", "null_resource", { provisioner: [{ "local-exec": { command: "true" } }] });
    },
  },
  {
    rule: "TF-01",
    what: "a resource runs a script",
    change({ at }) {
      at("aws_dynamodb_table", "data/reviews-table").provisioner = [{ "local-exec": { command: "true" } }];
    },
  },
  {
    rule: "TF-01",
    what: "an apply asks a stranger",
    change({ add }) {
      add("service", "data.http", { url: "https://example.com" });
    },
  },
  {
    rule: "TF-01",
    what: "the state of the service is read",
    change({ add }) {
      const config = { bucket: "acme-terraform-state", key: "acme/production/service.tfstate", region: "us-east-1" };
      add("edge", "data.terraform_remote_state", { backend: "s3", config });
    },
  },
];
