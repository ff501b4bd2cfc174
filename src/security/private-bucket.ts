import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketLogging,
  S3BucketNotification,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfiguration,
  S3BucketVersioning,
} from "../aws";
import { Construct } from "../cdktf";
import { denyPlainHttp, type PolicyStatement, policyJson } from "./resource-policy";

/** What happens to objects over time; days count from the making of a version. */
export interface BucketLifecycleRule {
  readonly id: string;
  /** @default - the whole bucket */
  readonly prefix?: string;
  readonly expirationDays?: number;
  /** Days that an overwritten or deleted version can be brought back. */
  readonly noncurrentVersionDays?: number;
  readonly transitions?: readonly { readonly afterDays: number; readonly storageClass: string }[];
}

export interface PrivateBucketProps {
  readonly name: string;
  /** @default - the region of the provider */
  readonly region?: string;
  /** Targets of server access logs take `sse-s3` only. */
  readonly encryption: { readonly kmsKeyArn: string } | "sse-s3";
  /** Name of the bucket that gets the access logs. @default - no access logs */
  readonly accessLogsBucket?: string;
  /** Parts of broken uploads are billed until they are removed. */
  readonly abortUploadDays: number;
  /** @default - objects and versions stay for ever */
  readonly lifecycleRules?: readonly BucketLifecycleRule[];
  /** Can be switched on at creation only. The retention itself is a resource of the stack that owns it. @default false */
  readonly objectLock?: boolean;
  /** S3 moves objects under 128 KB to other classes only with `varies_by_storage_class`. @default - S3's own, not under 128 KB */
  readonly transitionSmallObjects?: boolean;
  /** A bucket has one policy: these join the refusal of plain HTTP. @default - none */
  readonly extraStatements?: readonly PolicyStatement[];
  /** `BucketOwnerPreferred` admits ACLs, which CloudFront needs to deliver logs; none can make an object public.
   *
   * @default "BucketOwnerEnforced"
   */
  readonly ownership?: "BucketOwnerEnforced" | "BucketOwnerPreferred";
  /** `elsewhere`: another stack writes the one policy, the refusal of plain HTTP included. @default "here" */
  readonly policy?: "here" | "elsewhere";
}

/** A bucket that nobody outside the account can read: encrypted, versioned, TLS only, with access logs and expiry.
 *
 * Versions bring back what was deleted or overwritten (FS-08); the four public-access blocks hold even if a policy is
 * written badly. Costs storage of old versions until they expire; requests to KMS are few, because bucket keys are on.
 */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly bucket: S3Bucket;
  /** Replication and lock depend on it. */
  readonly versioning: S3BucketVersioning;
  /** Who delivers by ACL depends on it. */
  readonly ownership: S3BucketOwnershipControls;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    this.bucket = new S3Bucket(this, "Default", {
      ...region,
      bucket: props.name,
      ...(props.objectLock ? { objectLockEnabled: true } : {}),
      lifecycle: { preventDestroy: true },
    });
    this.name = this.bucket.bucket;
    this.arn = this.bucket.arn;

    const target = { ...region, bucket: this.bucket.id };
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      ...target,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    this.ownership = new S3BucketOwnershipControls(this, "ownership", {
      ...target,
      rule: { objectOwnership: props.ownership ?? "BucketOwnerEnforced" },
    });
    this.versioning = new S3BucketVersioning(this, "versioning", {
      ...target,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfiguration(this, "encryption", { ...target, rule: [encryptionRule(props)] });
    new S3BucketLifecycleConfiguration(this, "expiry", {
      ...target,
      ...(props.transitionSmallObjects ? { transitionDefaultMinimumObjectSize: "varies_by_storage_class" } : {}),
      rule: [
        {
          id: "abort-uploads",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: props.abortUploadDays }],
        },
        ...(props.lifecycleRules ?? []).map(lifecycleRule),
      ],
      // Rules for old versions are refused before versioning is on.
      dependsOn: [this.versioning],
    });
    new S3BucketNotification(this, "events", { ...target, eventbridge: true });
    if (props.accessLogsBucket !== undefined) {
      new S3BucketLogging(this, "access-logs", {
        ...target,
        targetBucket: props.accessLogsBucket,
        targetPrefix: `${props.name}/`,
      });
    }
    if (props.policy !== "elsewhere") {
      new S3BucketPolicy(this, "policy", {
        ...target,
        policy: policyJson([denyPlainHttp(this.arn), ...(props.extraStatements ?? [])]),
        // S3 refuses two changes of access at once.
        dependsOn: [publicAccess],
      });
    }
  }
}

function encryptionRule({ encryption }: PrivateBucketProps) {
  return encryption === "sse-s3"
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: encryption.kmsKeyArn },
        bucketKeyEnabled: true,
      };
}

const lifecycleRule = (rule: BucketLifecycleRule) => ({
  id: rule.id,
  status: "Enabled",
  filter: [{ prefix: rule.prefix ?? "" }],
  ...(rule.expirationDays === undefined ? {} : { expiration: [{ days: rule.expirationDays }] }),
  ...(rule.noncurrentVersionDays === undefined
    ? {}
    : { noncurrentVersionExpiration: [{ noncurrentDays: rule.noncurrentVersionDays }] }),
  ...(rule.transitions === undefined
    ? {}
    : { transition: rule.transitions.map(({ afterDays, storageClass }) => ({ days: afterDays, storageClass })) }),
});
