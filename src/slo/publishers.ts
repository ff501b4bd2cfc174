import type { PolicyCondition } from "../security/resource-policy";
import { type TopicId, topicIds } from "./alarm-row";

/** Binds a service to this account and to what it may speak for. */
export interface PublisherScope {
  readonly accountId: string;
  /** Every alarm of this environment in the topic's region, as an ARN with a wildcard. */
  readonly alarmArns: string;
}

/** An AWS service that publishes to topics, and so needs their key too. */
export interface Publisher {
  readonly principal: string;
  readonly sid: string;
  readonly topics: readonly TopicId[];
  /** Absent where the service sends no source: with a condition every message would be dropped in silence. */
  readonly conditions?: (scope: PublisherScope) => PolicyCondition;
}

const sourceAccount = (accountId: string) => ({ StringEquals: { "aws:SourceAccount": accountId } });

/** Who may publish where. Sources: SNS developer guide, "Key management"; cost management user guide, "Creating an
 * Amazon SNS topic for budget notifications" and "… for anomaly notifications"; AWS Backup developer guide,
 * "Notification options".
 */
export const publishers: readonly Publisher[] = [
  {
    principal: "cloudwatch.amazonaws.com",
    sid: "Alarms",
    topics: topicIds,
    conditions: ({ accountId, alarmArns }) => ({
      ...sourceAccount(accountId),
      ArnLike: { "aws:SourceArn": alarmArns },
    }),
  },
  // EventBridge supports conditions neither in a topic's policy nor in its key's.
  { principal: "events.amazonaws.com", sid: "EventRules", topics: ["error-alerts", "security-events"] },
  { principal: "backup.amazonaws.com", sid: "BackupVaults", topics: ["error-alerts"] },
  {
    principal: "budgets.amazonaws.com",
    sid: "Budgets",
    topics: ["cost-alerts"],
    conditions: ({ accountId }) => ({
      ...sourceAccount(accountId),
      ArnLike: { "aws:SourceArn": `arn:aws:budgets::${accountId}:*` },
    }),
  },
  {
    principal: "costalerts.amazonaws.com",
    sid: "CostAnomalies",
    topics: ["cost-alerts"],
    conditions: ({ accountId }) => sourceAccount(accountId),
  },
];

/** What each publisher needs of the key that encrypts the topics. */
export function keyServices(scope: PublisherScope) {
  return publishers.map(({ principal, conditions }) => ({
    principal,
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    ...(conditions ? { conditions: conditions(scope) } : {}),
  }));
}
