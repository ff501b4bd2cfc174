import type { Mutation } from "./mutation";
import { changeStatement, changeStatements } from "./stack-changes";

const queue = ["aws_sqs_queue", "service/reviews/Default"] as const;
const topicPolicy = ["aws_sns_topic_policy", "observability/alerts-home/error-alerts-policy"] as const;

export const messageMutations: readonly Mutation[] = [
  {
    rule: "MSG-01",
    what: "a queue has the key of SQS",
    change({ at }) {
      delete at(...queue).kms_master_key_id;
    },
  },
  {
    rule: "MSG-01",
    what: "a topic has the key that AWS keeps",
    change({ at }) {
      at("aws_sns_topic", "observability/alerts-home/error-alerts").kms_master_key_id = "alias/aws/sns";
    },
  },
  {
    rule: "MSG-02",
    what: "everybody may send to a topic",
    change({ at }) {
      changeStatement(at(...topicPolicy), "policy", "Alarms", (statement) => {
        statement.Principal = "*";
        delete statement.Condition;
      });
    },
  },
  {
    rule: "MSG-02",
    what: "a queue allows a whole service",
    change({ at }) {
      const Principal = { AWS: "arn:aws:iam::111122223333:role/acme-production-webhook" };
      changeStatements(at(...queue), "policy", (statements) => {
        statements.push({ Effect: "Allow", Principal, Action: "sqs:*", Resource: "*" });
      });
    },
  },
  {
    rule: "MSG-03",
    what: "a queue takes plain HTTP",
    change({ at }) {
      delete at(...queue).policy;
    },
  },
  {
    rule: "MSG-03",
    what: "a topic takes plain HTTP",
    change({ at }) {
      changeStatements(at(...topicPolicy), "policy", (statements) => {
        statements.splice(
          statements.findIndex(({ Sid }) => Sid === "DenyPlainHttp"),
          1,
        );
      });
    },
  },
  {
    rule: "MSG-04",
    what: "a message shows up again while it is worked on",
    change({ at }) {
      at(...queue).visibility_timeout_seconds = 900;
    },
  },
  {
    rule: "MSG-04",
    what: "a message is never given up",
    change({ at }) {
      delete at(...queue).redrive_policy;
    },
  },
  {
    rule: "MSG-05",
    what: "a run that could not start is lost",
    change({ at }) {
      delete at("aws_cloudwatch_event_target", "service/probe-schedule/target").dead_letter_config;
    },
  },
  {
    rule: "LOG-01",
    what: "a log group keeps events for two weeks",
    change({ at }) {
      at("aws_cloudwatch_log_group", "service/reviewer/logs").retention_in_days = 14;
    },
  },
  {
    rule: "LOG-01",
    what: "events do not go to the archive",
    change({ remove }) {
      remove("aws_cloudwatch_log_subscription_filter", "service/reviewer/logs/archive");
    },
  },
  {
    rule: "LOG-01",
    what: "only errors go to the archive",
    change({ at }) {
      at("aws_cloudwatch_log_subscription_filter", "service/reviewer/logs/archive").filter_pattern = "ERROR";
    },
  },
  {
    rule: "LOG-02",
    what: "a log group has no key of ours",
    change({ at }) {
      delete at("aws_cloudwatch_log_group", "service/reviewer/logs").kms_key_id;
    },
  },
  {
    rule: "OBS-02",
    what: "an alarm tells nobody",
    change({ at }) {
      at("aws_cloudwatch_metric_alarm", "observability/alarms/api-4xx").alarm_actions = [];
    },
  },
  {
    rule: "OBS-02",
    what: "an alarm says nothing of what to do",
    change({ at }) {
      at("aws_cloudwatch_metric_alarm", "observability/alarms/api-4xx").alarm_description = "Too many 4xx.";
    },
  },
];
