import type { PolicyCondition, PolicyStatement } from "../security/resource-policy";

/** What CloudTrail must be let in to, each bound to the one trail. Source: CloudTrail user guide, "Amazon S3 bucket
 * policy for CloudTrail", "Configure AWS KMS key policies for CloudTrail", "Amazon SNS topic policy for CloudTrail".
 */
export interface TrailAccess {
  readonly trailArn: string;
  readonly accountId: string;
}

const cloudtrail = "cloudtrail.amazonaws.com";
const byTrail = (trailArn: string): PolicyCondition => ({ StringEquals: { "aws:SourceArn": trailArn } });

export function trailBucketStatements(bucketArn: string, { trailArn, accountId }: TrailAccess): PolicyStatement[] {
  return [
    {
      Sid: "TrailAclCheck",
      Effect: "Allow",
      Principal: { Service: [cloudtrail] },
      Action: ["s3:GetBucketAcl"],
      Resource: bucketArn,
      Condition: byTrail(trailArn),
    },
    {
      Sid: "TrailDelivery",
      Effect: "Allow",
      Principal: { Service: [cloudtrail] },
      Action: ["s3:PutObject"],
      Resource: `${bucketArn}/AWSLogs/${accountId}/*`,
      Condition: {
        StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
  ];
}

/** For the files and their digests, then for the notices: SNS calls with its own encryption context.
 *
 * Decrypt is for bucket keys, and for the topic.
 */
export const trailKeyServices = ({ trailArn }: Pick<TrailAccess, "trailArn">, topicArn: string) => [
  {
    principal: cloudtrail,
    actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"],
    conditions: byTrail(trailArn),
  },
  {
    principal: cloudtrail,
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    conditions: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn } },
  },
];

export const trailTopicStatement = (
  topicArn: string,
  { trailArn }: Pick<TrailAccess, "trailArn">,
): PolicyStatement => ({
  Sid: "TrailNotices",
  Effect: "Allow",
  Principal: { Service: [cloudtrail] },
  Action: ["sns:Publish"],
  Resource: topicArn,
  Condition: byTrail(trailArn),
});
