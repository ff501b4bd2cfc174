import {
  CloudwatchLogStream,
  DataAwsIamPolicyDocument,
  IamRole,
  IamRolePolicy,
  KinesisFirehoseDeliveryStream,
} from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import type { BucketRef } from "../config/refs";
import { trustService } from "../security/resource-policy";

export interface LogArchiveStreamProps {
  readonly name: string;
  /** Of the stream and of the log groups that send to it; the bucket may lie elsewhere. */
  readonly region: string;
  readonly accountId: string;
  readonly roleName: string;
  /** Encrypts what waits in the stream; in the stream's region. */
  readonly kmsKeyArn: string;
  /** Gets the stream's own errors; it must not be subscribed to the stream. */
  readonly errorLogGroup: { readonly name: string; readonly arn: string };
  readonly archive: BucketRef & { readonly region: string; readonly kmsKeyArn: string };
  /** A file is written when either is reached: at most 900 s and 128 MB. */
  readonly buffer: { readonly seconds: number; readonly megabytes: number };
  /** The bucket's policy and lock. */
  readonly dependsOn: readonly TerraformResource[];
}

/** Each record keeps its group, stream and times: taking the messages out of it would leave them without origin. */
const processors = [
  { type: "Decompression", parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }] },
  { type: "AppendDelimiterToRecord" },
];
const folders = { events: "logs/", errors: "log-errors/" };
const hour = "!{timestamp:yyyy/MM/dd/HH}/";

/** Writes what log groups of one region send into the archive, a line a record, a compressed file every 15 minutes.
 *
 * The groups forget within weeks and their owner can delete them; the archive keeps and locks (FS-09). Records that
 * cannot be written are tried again for 24 hours and then lost, so an alarm watches their age: AWS does not say whether
 * Firehose writes to a bucket with a default retention. Prefixes count the hour of arrival, in UTC. Costs 0.03 USD per
 * GB, counted in steps of 5 KB a record.
 */
export class LogArchiveStream extends Construct {
  readonly resource: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, props: LogArchiveStreamProps) {
    super(scope, id);
    const { region, archive, errorLogGroup } = props;
    // Firehose writes to a stream of the group, and does not make it.
    const errors = new CloudwatchLogStream(this, "errors", {
      region,
      name: "s3-delivery",
      logGroupName: errorLogGroup.name,
    });
    const { arn: roleArn, policy } = this.role(props, errors.name);
    this.resource = new KinesisFirehoseDeliveryStream(this, "Default", {
      region,
      name: props.name,
      destination: "extended_s3",
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: props.kmsKeyArn },
      extendedS3Configuration: {
        roleArn,
        bucketArn: archive.arn,
        kmsKeyArn: archive.kmsKeyArn,
        prefix: `${folders.events}${hour}`,
        errorOutputPrefix: `${folders.errors}!{firehose:error-output-type}/${hour}`,
        bufferingInterval: props.buffer.seconds,
        bufferingSize: props.buffer.megabytes,
        compressionFormat: "GZIP",
        processingConfiguration: { enabled: true, processors },
        cloudwatchLoggingOptions: { enabled: true, logGroupName: errorLogGroup.name, logStreamName: errors.name },
      },
      dependsOn: [policy, ...props.dependsOn],
    });
  }

  private role({ archive, errorLogGroup, ...props }: LogArchiveStreamProps, errorStream: string) {
    const role = new IamRole(this, "role", {
      name: props.roleName,
      assumeRolePolicy: trustService("firehose.amazonaws.com", props.accountId),
    });
    const objects = Object.values(folders).map((folder) => `${archive.arn}/${folder}*`);
    // Firehose developer guide, "Grant Firehose access to an Amazon S3 destination", less what other accounts' buckets need.
    const permissions = new DataAwsIamPolicyDocument(this, "permissions", {
      statement: [
        {
          actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          resources: [archive.arn],
        },
        { actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], resources: objects },
        {
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [archive.kmsKeyArn],
          condition: [
            { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${archive.region}.amazonaws.com`] },
            // With bucket keys the encryption context names the bucket, without them the object.
            {
              test: "StringLike",
              variable: "kms:EncryptionContext:aws:s3:arn",
              values: [archive.arn, ...objects],
            },
          ],
        },
        { actions: ["logs:PutLogEvents"], resources: [`${errorLogGroup.arn}:log-stream:${errorStream}`] },
      ],
    });
    const policy = new IamRolePolicy(this, "policy", {
      role: role.name,
      name: "write-archive",
      policy: permissions.json,
    });
    return { arn: role.arn, policy };
  }
}
