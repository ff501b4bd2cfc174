import { LambdaEventSourceMapping } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { EncryptedQueue } from "./encrypted-queue";

export interface WorkQueueProps {
  readonly names: Names;
  /** Names the queue, and with `-dlq` its dead-letter queue. */
  readonly noun: string;
  readonly kmsKeyArn: string;
  readonly retentionDays: number;
  readonly deadLetterRetentionDays: number;
  /** At least six times the consumer's timeout, or Lambda hands out a message that is still worked on. */
  readonly visibilityTimeoutSeconds: number;
  /** AWS asks for five or more: a receive that Lambda throttles counts too. */
  readonly maxReceiveCount: number;
}

/** A queue of work and the queue for what fails again and again.
 *
 * The dead-letter queue keeps a message for longer than the work queue, since its age goes on counting.
 */
export class WorkQueue extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { names, noun, kmsKeyArn } = props;
    const failures = new EncryptedQueue(this, "dead-letters", {
      names,
      noun: `${noun}-dlq`,
      kmsKeyArn,
      retentionDays: props.deadLetterRetentionDays,
      redriveFrom: [noun],
    });
    const queue = new EncryptedQueue(this, "Default", {
      names,
      noun,
      kmsKeyArn,
      retentionDays: props.retentionDays,
      visibilityTimeoutSeconds: props.visibilityTimeoutSeconds,
      redrive: { deadLetterArn: failures.arn, maxReceiveCount: props.maxReceiveCount },
    });
    this.arn = queue.arn;
    this.url = queue.url;
  }
}

export interface QueueConsumerProps {
  readonly queueArn: string;
  readonly aliasArn: string;
  readonly messagesPerInvocation: number;
  /** Messages worked on at once. SQS pollers do not know reserved concurrency: above it, messages fail unseen. */
  readonly maximumConcurrency: number;
}

/** Hands the messages of a queue to a function; the function says which of them failed. */
export class QueueConsumer extends Construct {
  constructor(scope: Construct, id: string, props: QueueConsumerProps) {
    super(scope, id);
    if (props.maximumConcurrency < 2) {
      throw new Error(
        `The consumer's concurrency is ${props.maximumConcurrency}, but Lambda takes 2 to 1,000. Raise reservedConcurrency of the function in the environment file.`,
      );
    }
    new LambdaEventSourceMapping(this, "Default", {
      eventSourceArn: props.queueArn,
      functionName: props.aliasArn,
      batchSize: props.messagesPerInvocation,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: props.maximumConcurrency },
    });
  }
}
