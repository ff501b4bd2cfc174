import { type KeyService, keyUse } from "./encryption-key";

/** CloudWatch Logs in one region, for these log groups; patterns end in `*`. */
export const logDelivery = (region: string, logGroupArns: readonly string[]): KeyService => ({
  principal: `logs.${region}.amazonaws.com`,
  actions: keyUse,
  conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArns } },
});

/** EventBridge, for the queues it delivers to; patterns end in `*`.
 *
 * A source condition would make it drop events in silence (SNS and SQS developer guides, "Key management"); the
 * encryption context is SQS's own word for the queue.
 */
export const eventDelivery = (queueArns: readonly string[]): KeyService => ({
  principal: "events.amazonaws.com",
  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
  conditions: { ArnLike: { "kms:EncryptionContext:aws:sqs:arn": queueArns } },
});

/** CloudFront, for the objects of one bucket: which distribution may read them is said by the bucket's policy. */
export const originAccess = (bucketArn: string, accountId: string): KeyService => ({
  principal: "cloudfront.amazonaws.com",
  actions: ["kms:Decrypt"],
  conditions: {
    StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucketArn },
    StringLike: { "aws:SourceArn": `arn:aws:cloudfront::${accountId}:distribution/*` },
  },
});
