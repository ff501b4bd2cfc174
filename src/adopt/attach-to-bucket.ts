import {
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfiguration,
  S3BucketVersioning,
} from "../aws";
import type { Construct, TerraformResource } from "../cdktf";
import type { Existing } from "../config/existing";
import { denyPlainHttp, policyJson } from "../security/resource-policy";
import { arns } from "./addresses";
import { unbuilt } from "./unbuilt";

type Hardening = Existing<"bucket">["harden"][number];

/** Closes, encrypts and versions a bucket that stays its owner's; S3 keeps each of these settings apart from it.
 *
 * One after the other, versioning first: S3 refuses two changes at once, and rules for versions that there are not.
 */
export function attachToBucket(scope: Construct, bucket: Existing<"bucket">): void {
  const isFirst = (hardening: Hardening) => hardening.with === "versioning";
  const inOrder = [...bucket.harden.filter(isFirst), ...bucket.harden.filter((hardening) => !isFirst(hardening))];
  inOrder.reduce<TerraformResource[]>((before, hardening) => [attach(scope, bucket, hardening, before)], []);
}

function attach(
  scope: Construct,
  bucket: Existing<"bucket">,
  hardening: Hardening,
  before: TerraformResource[],
): TerraformResource {
  const target = { bucket: bucket.name, ...(before.length > 0 ? { dependsOn: before } : {}) };
  switch (hardening.with) {
    case "versioning":
      return new S3BucketVersioning(scope, hardening.with, {
        ...target,
        versioningConfiguration: { status: "Enabled" },
      });
    case "encryption":
      return new S3BucketServerSideEncryptionConfiguration(scope, hardening.with, {
        ...target,
        rule: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: hardening.kmsKeyArn },
            bucketKeyEnabled: true,
          },
        ],
      });
    case "public-access-block":
      return new S3BucketPublicAccessBlock(scope, hardening.with, {
        ...target,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    case "ownership":
      return new S3BucketOwnershipControls(scope, hardening.with, {
        ...target,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
    case "policy":
      return new S3BucketPolicy(scope, hardening.with, {
        ...target,
        policy: policyJson([denyPlainHttp(arns.bucket(bucket.name))]),
      });
    case "lifecycle":
      return new S3BucketLifecycleConfiguration(scope, hardening.with, {
        ...target,
        rule: [
          {
            id: "abort-uploads",
            status: "Enabled",
            filter: [{ prefix: "" }],
            abortIncompleteMultipartUpload: [{ daysAfterInitiation: hardening.abortUploadDays }],
          },
          {
            id: "expire-old-versions",
            status: "Enabled",
            filter: [{ prefix: "" }],
            noncurrentVersionExpiration: [{ noncurrentDays: hardening.noncurrentVersionDays }],
          },
        ],
      });
    default:
      throw unbuilt(bucket, hardening.with);
  }
}
