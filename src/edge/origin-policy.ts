import { denyPlainHttp, type PolicyStatement } from "../security/resource-policy";

/** The one policy of the UI's bucket, and of its replica.
 *
 * One distribution reads objects; everything else is left to the account's roles.
 */
export function originStatements(bucketArn: string, distributionArn: string): PolicyStatement[] {
  return [
    denyPlainHttp(bucketArn),
    {
      Sid: "ReadByDistribution",
      Effect: "Allow",
      Principal: { Service: ["cloudfront.amazonaws.com"] },
      Action: ["s3:GetObject"],
      Resource: `${bucketArn}/*`,
      Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
    },
  ];
}
