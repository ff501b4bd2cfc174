import { Cloudtrail, DataAwsIamPolicyDocument, IamRole, IamRolePolicy, SnsTopic, SnsTopicPolicy } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import type { Names } from "../config/names";
import { everybody, policyJson } from "../security/resource-policy";
import { trailTopicStatement } from "./trail-access";

export interface TrailProps {
  readonly names: Names;
  /** Where log files and digests go; its policy and key must admit the trail. */
  readonly bucketName: string;
  readonly kmsKeyArn: string;
  readonly logGroupArn: string;
  /** Buckets whose objects are watched call by call, by ARN. */
  readonly watchedBucketArns: readonly string[];
  /** The bucket's policy: CloudTrail tries to write before it makes the trail. */
  readonly dependsOn: readonly TerraformResource[];
}

/** Records every call to the account, in all regions, in files that cannot be changed unnoticed.
 *
 * Digests sign the files of each hour and each other, so a removed or altered file shows. The log group beside the
 * bucket is for searching the last year and for filters. The first trail's management events are free; calls to the
 * watched buckets cost 0.10 USD per 100,000, the log group 0.50 USD per GB.
 */
export class Trail extends Construct {
  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const { names } = props;
    const role = this.logRole(props);
    const topic = this.topic(props);
    new Cloudtrail(this, "Default", {
      name: names.name("trail", "trail"),
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogging: true,
      enableLogFileValidation: true,
      kmsKeyId: props.kmsKeyArn,
      s3BucketName: props.bucketName,
      snsTopicName: topic.name,
      cloudWatchLogsGroupArn: `${props.logGroupArn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      eventSelector: [
        {
          includeManagementEvents: true,
          readWriteType: "All",
          dataResource: [{ type: "AWS::S3::Object", values: props.watchedBucketArns.map((arn) => `${arn}/`) }],
        },
      ],
      dependsOn: [...props.dependsOn, topic.policy, role.policy],
    });
  }

  private logRole({ names, logGroupArn }: TrailProps) {
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          // With a source condition CloudTrail cannot assume it (prowler issue 4714).
          principals: [{ type: "Service", identifiers: ["cloudtrail.amazonaws.com"] }],
        },
      ],
    });
    const permissions = new DataAwsIamPolicyDocument(this, "permissions", {
      statement: [
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${logGroupArn}:log-stream:*`],
        },
      ],
    });
    const role = new IamRole(this, "role", { name: names.name("iam-role", "trail"), assumeRolePolicy: trust.json });
    const policy = new IamRolePolicy(this, "role-policy", {
      role: role.name,
      name: "write-logs",
      policy: permissions.json,
    });
    return { arn: role.arn, policy };
  }

  /** One notice for each file, every few minutes: for programs, so nobody is subscribed, least of all by mail.
   *
   * It is not one of the alert topics because CloudTrail refuses a topic that does not exist yet, and those come later.
   */
  private topic({ names, kmsKeyArn }: TrailProps) {
    const arn = names.arn("sns-topic", "trail");
    const topic = new SnsTopic(this, "topic", {
      name: names.name("sns-topic", "trail"),
      kmsMasterKeyId: kmsKeyArn,
    });
    const policy = new SnsTopicPolicy(this, "topic-policy", {
      arn: topic.arn,
      policy: policyJson([
        trailTopicStatement(arn, { trailArn: names.arn("trail", "trail") }),
        {
          Sid: "DenyPlainHttp",
          Effect: "Deny",
          Principal: everybody,
          Action: ["sns:Publish"],
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    return { name: topic.name, policy };
  }
}
