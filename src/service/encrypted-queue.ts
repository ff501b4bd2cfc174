import { SqsQueue } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { everybody, type PolicyStatement, policyJson } from "../security/resource-policy";

export interface EncryptedQueueProps {
  readonly names: Names;
  /** Names the queue; `-dlq` at its end marks a dead-letter queue. */
  readonly noun: string;
  readonly kmsKeyArn: string;
  readonly retentionDays: number;
  /** @default - that of SQS, 30 */
  readonly visibilityTimeoutSeconds?: number;
  /** Where a message goes that was received this often. @default - nowhere */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  /** Nouns of the queues that may send their failures here. @default - none */
  readonly redriveFrom?: readonly string[];
  /** Services that send by their own right; roles send by theirs. @default - none */
  readonly allow?: readonly PolicyStatement[];
}

/** A queue under a customer key that refuses calls without TLS.
 *
 * No queue may use it as its dead-letter queue but those it names. Costs 0.40 USD per million calls
 * above the first million of a month.
 */
export class EncryptedQueue extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: EncryptedQueueProps) {
    super(scope, id);
    const { names, noun, redrive, redriveFrom = [], allow = [] } = props;
    const arnOf = (of: string) => names.arn("sqs-queue", of);
    const secureTransport: PolicyStatement = {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: everybody,
      Action: ["sqs:*"],
      Resource: arnOf(noun),
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const queue = new SqsQueue(this, "Default", {
      name: names.name("sqs-queue", noun),
      kmsMasterKeyId: props.kmsKeyArn,
      messageRetentionSeconds: props.retentionDays * 24 * 3600,
      ...(props.visibilityTimeoutSeconds ? { visibilityTimeoutSeconds: props.visibilityTimeoutSeconds } : {}),
      policy: policyJson([secureTransport, ...allow]),
      ...(redrive
        ? {
            redrivePolicy: JSON.stringify({
              deadLetterTargetArn: redrive.deadLetterArn,
              maxReceiveCount: redrive.maxReceiveCount,
            }),
          }
        : {}),
      redriveAllowPolicy: JSON.stringify(
        redriveFrom.length > 0
          ? { redrivePermission: "byQueue", sourceQueueArns: redriveFrom.map(arnOf) }
          : { redrivePermission: "denyAll" },
      ),
    });
    this.arn = queue.arn;
    this.url = queue.url;
  }
}
