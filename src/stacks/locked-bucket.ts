import type { S3BucketPolicy } from "../aws";
import { Construct } from "../cdktf";
import { type Retention, RetentionLock } from "../compliance/retention-lock";
import { EncryptionKey, type EncryptionKeyProps, type KeyService } from "../security/encryption-key";
import { PrivateBucket } from "../security/private-bucket";
import type { PolicyStatement } from "../security/resource-policy";

/** What every locked bucket of an environment shares. */
export interface LockedBucketSettings
  extends Pick<EncryptionKeyProps, "accountId" | "deletionDays" | "breakGlassRoleArn" | "deployRoleArn"> {
  readonly retention: Retention;
  /** Objects go that many days after their lock, so that no expiry meets one. */
  readonly expiryMarginDays: number;
  readonly deepArchiveAfterDays: number;
  readonly abortUploadDays: number;
}

export interface LockedBucketProps extends LockedBucketSettings {
  readonly name: string;
  readonly keyAlias: string;
  readonly region: string;
  /** In the same region, and not locked itself: S3 cannot deliver access logs to a locked bucket. */
  readonly accessLogsBucket: string;
  /** Services that write to it, and what the key and the bucket's policy let them do. @default - none */
  readonly writers?: { readonly keyServices: readonly KeyService[]; readonly statements: readonly PolicyStatement[] };
}

/** A bucket that keeps what it gets for the whole retention, with a key of its own; cold after a while, then gone. */
export class LockedBucket extends Construct {
  readonly bucket: PrivateBucket;
  readonly kmsKeyArn: string;
  /** Comes after versioning and lock: what depends on it depends on both. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: LockedBucketProps) {
    super(scope, id);
    const { region, retention, breakGlassRoleArn, deployRoleArn } = props;
    this.kmsKeyArn = new EncryptionKey(this, "key", {
      alias: props.keyAlias,
      description: `Objects of ${props.name}`,
      region,
      accountId: props.accountId,
      deletionDays: props.deletionDays,
      breakGlassRoleArn,
      deployRoleArn,
      useThrough: ["s3"],
      services: props.writers?.keyServices ?? [],
    }).arn;
    const expirationDays = retention.days + props.expiryMarginDays;
    this.bucket = new PrivateBucket(this, "bucket", {
      name: props.name,
      region,
      encryption: { kmsKeyArn: this.kmsKeyArn },
      accessLogsBucket: props.accessLogsBucket,
      abortUploadDays: props.abortUploadDays,
      objectLock: true,
      lifecycleRules: [
        {
          id: "expire-after-lock",
          expirationDays,
          // A version that is still locked waits.
          noncurrentVersionDays: props.expiryMarginDays,
          // Small objects stay where they are, readable at once: S3's own default.
          ...(expirationDays > props.deepArchiveAfterDays
            ? { transitions: [{ afterDays: props.deepArchiveAfterDays, storageClass: "DEEP_ARCHIVE" }] }
            : {}),
        },
      ],
      policy: "elsewhere",
    });
    this.policy = new RetentionLock(this, "lock", {
      bucket: this.bucket,
      region,
      kmsKeyArn: this.kmsKeyArn,
      retention,
      versioning: this.bucket.versioning,
      breakGlassRoleArn,
      deployRoleArn,
      extraStatements: props.writers?.statements ?? [],
    }).policy;
  }
}
