import { CloudwatchEventRule, CloudwatchEventTarget, SqsQueue, SqsQueuePolicy } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { everybody, policyJson } from "../security/resource-policy";

export interface BackupEventsProps {
  readonly names: Names;
  readonly region: string;
  /** Of the queue; its policy must admit `events.amazonaws.com` for it. */
  readonly kmsKeyArn: string;
  readonly deadLetterRetentionDays: number;
}

/** Where events go that the topic refused. */
export const lostEventsQueue = (names: Names, region: string): string =>
  names.arn("sqs-queue", "backup-events-dlq", region);

const ended = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"];

/** Jobs of AWS Backup that did not end well; some events say `state`, others `status`, and a job that lost part of its
 * work ends as COMPLETED with a message (AWS Backup developer guide, "Monitoring events using EventBridge").
 */
export const unsuccessfulJobs = {
  source: ["aws.backup"],
  "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
  detail: {
    $or: [
      { state: ended },
      { status: ended },
      { state: ["COMPLETED"], statusMessage: [{ exists: true }] },
      { status: ["COMPLETED"], statusMessage: [{ exists: true }] },
    ],
  },
};

/** Tells the alert topic of a region about each backup, copy or restore job there that did not end well.
 *
 * Minutes after the job instead of an hour as the alarms, and with its reason. Delivery is best effort, so the alarms
 * remain the proof; an event that the topic refuses waits in the queue, with the error that explains it. Free.
 */
export class BackupEvents extends Construct {
  constructor(scope: Construct, id: string, props: BackupEventsProps) {
    super(scope, id);
    const { names, region } = props;
    const queueArn = lostEventsQueue(names, region);
    const deadLetters = new SqsQueue(this, "dead-letters", {
      region,
      name: names.name("sqs-queue", "backup-events-dlq"),
      kmsMasterKeyId: props.kmsKeyArn,
      messageRetentionSeconds: props.deadLetterRetentionDays * 24 * 3600,
    });
    const policy = new SqsQueuePolicy(this, "dead-letters-policy", {
      region,
      queueUrl: deadLetters.id,
      policy: policyJson([
        {
          Sid: "LostEvents",
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sqs:SendMessage"],
          Resource: queueArn,
          Condition: { ArnEquals: { "aws:SourceArn": names.arn("event-rule", "backup-events", region) } },
        },
        {
          Sid: "DenyPlainHttp",
          Effect: "Deny",
          Principal: everybody,
          Action: ["sqs:*"],
          Resource: queueArn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    const rule = new CloudwatchEventRule(this, "Default", {
      region,
      name: names.name("event-rule", "backup-events"),
      description: "Backup, copy and restore jobs that did not end well",
      eventPattern: JSON.stringify(unsuccessfulJobs),
    });
    new CloudwatchEventTarget(this, "topic", {
      region,
      rule: rule.name,
      arn: names.arn("sns-topic", "error-alerts", region),
      deadLetterConfig: { arn: deadLetters.arn },
      dependsOn: [policy],
    });
  }
}
