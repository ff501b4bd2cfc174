import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketNotification,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfiguration,
  S3BucketVersioning,
} from "../aws";
import { Construct } from "../cdktf";
import { denyPlainHttp, policyJson } from "../security/resource-policy";

export interface LogBucketProps {
  readonly name: string;
  /** Not one that accounts opt in to: CloudFront does not deliver there. */
  readonly region: string;
  readonly expirationDays: number;
  readonly noncurrentVersionDays: number;
  readonly abortUploadDays: number;
}

/** The bucket that CloudFront writes its access logs to.
 *
 * It differs from every other bucket in one thing: CloudFront delivers by an ACL, which it puts on the bucket when the
 * distribution is made, so ACLs must be on, or that call fails ("does not enable ACL access"). The objects still belong
 * to this account, and no ACL can make them public. Costs 0.023 USD per GB and month until they expire.
 */
export class LogBucket extends Construct {
  /** Of the global endpoint, as CloudFront wants it; known once CloudFront may write. */
  readonly domainName: string;
  readonly ownership: S3BucketOwnershipControls;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const { region } = props;
    const bucket = new S3Bucket(this, "Default", { region, bucket: props.name, lifecycle: { preventDestroy: true } });
    const target = { region, bucket: bucket.id };
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      ...target,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    this.ownership = new S3BucketOwnershipControls(this, "ownership", {
      ...target,
      rule: { objectOwnership: "BucketOwnerPreferred" },
    });
    const versioning = new S3BucketVersioning(this, "versioning", {
      ...target,
      versioningConfiguration: { status: "Enabled" },
    });
    // CloudFront could use a customer key only if its policy let log delivery in; the lines hold no request bodies.
    new S3BucketServerSideEncryptionConfiguration(this, "encryption", {
      ...target,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketLifecycleConfiguration(this, "expiry", {
      ...target,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.expirationDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: props.abortUploadDays }],
        },
      ],
      dependsOn: [versioning],
    });
    new S3BucketNotification(this, "events", { ...target, eventbridge: true });
    new S3BucketPolicy(this, "policy", {
      ...target,
      policy: policyJson([denyPlainHttp(bucket.arn)]),
      // S3 refuses two changes of access at once.
      dependsOn: [publicAccess],
    });
    this.domainName = bucket.bucketDomainName;
  }
}
