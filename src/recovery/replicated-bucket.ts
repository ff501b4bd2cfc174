import { DataAwsIamPolicyDocument, IamRole, IamRolePolicy, S3BucketReplicationConfiguration } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import type { BucketRef } from "../config/refs";

export interface ReplicatedSide extends BucketRef {
  readonly region: string;
  readonly kmsKeyArn: string;
}

export interface ReplicatedBucketProps {
  readonly source: ReplicatedSide;
  /** In another region; locked if the source is, or S3 refuses each object by itself. */
  readonly replica: ReplicatedSide;
  readonly roleName: string;
  /** Names the rule in the metrics of the replication. */
  readonly ruleId: string;
  /** The time that Replication Time Control promises and watches; 15 is all that S3 offers. */
  readonly withinMinutes: number;
  /** Versioning, and locks, of both buckets: S3 refuses the configuration before them. */
  readonly dependsOn: readonly TerraformResource[];
}

/** Copies every new version of a bucket to another region, encrypted with that region's key, within 15 minutes.
 *
 * Without it the loss of a region, or of a key, takes the evidence with it (FS-01). Deletions are not copied: whoever
 * empties the source leaves the replica whole. What was written before replication began is not copied either; S3 Batch
 * Replication does that. Costs 0.015 USD per GB for the promised time, 0.01 to 0.02 for the transfer, and the storage.
 */
export class ReplicatedBucket extends Construct {
  constructor(scope: Construct, id: string, props: ReplicatedBucketProps) {
    super(scope, id);
    const { source, replica } = props;
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      // S3 documents no source condition for replication ("Setting up permissions for live replication").
      statement: [
        { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["s3.amazonaws.com"] }] },
      ],
    });
    const role = new IamRole(this, "role", { name: props.roleName, assumeRolePolicy: trust.json });
    const policy = new IamRolePolicy(this, "policy", {
      role: role.name,
      name: "replicate",
      policy: this.permissions(source, replica).json,
    });
    new S3BucketReplicationConfiguration(this, "Default", {
      region: source.region,
      bucket: source.name,
      role: role.arn,
      rule: [
        {
          id: props.ruleId,
          status: "Enabled",
          priority: 0,
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: replica.arn,
            encryptionConfiguration: { replicaKmsKeyId: replica.kmsKeyArn },
            replicationTime: { status: "Enabled", time: { minutes: props.withinMinutes } },
            metrics: { status: "Enabled", eventThreshold: { minutes: props.withinMinutes } },
          },
        },
      ],
      dependsOn: [policy, ...props.dependsOn],
    });
  }

  private permissions(source: ReplicatedSide, replica: ReplicatedSide) {
    return new DataAwsIamPolicyDocument(this, "permissions", {
      statement: [
        { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: [source.arn] },
        {
          actions: [
            "s3:GetObjectLegalHold",
            "s3:GetObjectRetention",
            "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionForReplication",
            "s3:GetObjectVersionTagging",
          ],
          resources: [`${source.arn}/*`],
        },
        { actions: ["s3:ReplicateObject", "s3:ReplicateTags"], resources: [`${replica.arn}/*`] },
        { actions: ["kms:Decrypt"], resources: [source.kmsKeyArn], condition: throughS3(source) },
        {
          actions: ["kms:Encrypt", "kms:GenerateDataKey"],
          resources: [replica.kmsKeyArn],
          condition: throughS3(replica),
        },
      ],
    });
  }
}

/** With bucket keys the encryption context names the bucket, without them the object. */
const throughS3 = ({ region, arn }: ReplicatedSide) => [
  { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${region}.amazonaws.com`] },
  { test: "StringLike", variable: "kms:EncryptionContext:aws:s3:arn", values: [arn, `${arn}/*`] },
];
