import { DataAwsIamPolicyDocument, IamRole, IamRolePolicy } from "../aws";
import { Construct } from "../cdktf";

export interface LogSubscriptionRoleProps {
  readonly name: string;
  readonly accountId: string;
  /** The streams it may put records into, each with the key that encrypts what waits in it. */
  readonly streams: readonly { readonly arn: string; readonly region: string; readonly kmsKeyArn: string }[];
}

/** The role that CloudWatch Logs takes to send the events of any log group of this account to the archive.
 *
 * CloudWatch Logs drops what it is refused to send, without a retry (CloudWatch Logs user guide, "Subscriptions"). Since
 * April 2026 Firehose asks whoever puts records into a stream with a customer key for the right to use that key.
 */
export class LogSubscriptionRole extends Construct {
  /** What a subscription in the same stack waits for. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: LogSubscriptionRoleProps) {
    super(scope, id);
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["logs.amazonaws.com"] }],
          condition: [
            {
              test: "StringLike",
              variable: "aws:SourceArn",
              // The form of the user guide; which part of a group's ARN the service sends is not documented.
              values: props.streams.map(({ region }) => `arn:aws:logs:${region}:${props.accountId}:*`),
            },
          ],
        },
      ],
    });
    const role = new IamRole(this, "Default", { name: props.name, assumeRolePolicy: trust.json });
    const permissions = new DataAwsIamPolicyDocument(this, "permissions", {
      statement: [
        {
          actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
          resources: props.streams.map(({ arn }) => arn),
        },
        {
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: props.streams.map(({ kmsKeyArn }) => kmsKeyArn),
          condition: [
            {
              test: "StringEquals",
              variable: "kms:ViaService",
              values: props.streams.map(({ region }) => `firehose.${region}.amazonaws.com`),
            },
          ],
        },
      ],
    });
    this.policy = new IamRolePolicy(this, "policy", {
      role: role.name,
      name: "put-records",
      policy: permissions.json,
    });
  }
}
