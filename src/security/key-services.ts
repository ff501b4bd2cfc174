import type { KeyService } from "./encryption-key";

/** CloudWatch Logs in one region, for these log groups; patterns end in `*`. */
export const logDelivery = (region: string, logGroupArns: readonly string[]): KeyService => ({
  principal: `logs.${region}.amazonaws.com`,
  actions: [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ],
  conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArns } },
});

/** A service that puts messages into encrypted queues or topics of this account, such as `events.amazonaws.com`. */
export const messageSender = (principal: string, accountId: string): KeyService => ({
  principal,
  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
  conditions: { StringEquals: { "aws:SourceAccount": accountId } },
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
