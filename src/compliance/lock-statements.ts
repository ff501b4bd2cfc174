import { everybody, type PolicyStatement, unlessRole } from "../security/resource-policy";

/** The roles that keep some right over a locked bucket. */
export interface LockRoles {
  readonly breakGlassRoleArn: string;
  readonly deployRoleArn: string;
}

export interface LockedBucket {
  readonly bucketArn: string;
  readonly kmsKeyArn: string;
  readonly retentionDays: number;
  readonly roles: LockRoles;
}

/** What nobody may do to a locked bucket. The refusal of plain HTTP comes first in its policy, from the bucket's part.
 *
 * A put without headers passes and gets the bucket's key and retention. Conditions that compare a header match a
 * request without it, too, so each first asks whether the header is there. Source: Amazon S3 user guide, "Object Lock
 * considerations" and "Actions, resources, and condition keys".
 */
export function lockStatements({ bucketArn, kmsKeyArn, retentionDays, roles }: LockedBucket): PolicyStatement[] {
  const objects = `${bucketArn}/*`;
  const unlessBreakGlass = unlessRole(roles.breakGlassRoleArn);
  const deny = (
    Sid: string,
    Action: readonly string[],
    Resource: PolicyStatement["Resource"],
    Condition: NonNullable<PolicyStatement["Condition"]>,
  ): PolicyStatement => ({ Sid, Effect: "Deny", Principal: everybody, Action, Resource, Condition });

  return [
    // `aws:kms` without a key would mean AWS's own, so a put that chooses its encryption must name this key.
    deny("DenyOtherKeys", ["s3:PutObject"], objects, {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn },
    }),
    deny("DenyCallersKeys", ["s3:PutObject"], objects, {
      Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" },
    }),
    // Does not match where the header is absent: the default retention applies there.
    deny("DenyShortRetention", ["s3:PutObject", "s3:PutObjectRetention"], objects, {
      NumericLessThan: { "s3:object-lock-remaining-retention-days": `${retentionDays}` },
    }),
    deny("DenyUnlocking", ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion"], objects, unlessBreakGlass),
    deny(
      "DenyOtherLocks",
      ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"],
      bucketArn,
      unlessBreakGlass,
    ),
    // Without the deletion, one call would lift every line above.
    deny(
      "DenyPolicyChange",
      ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration"],
      bucketArn,
      unlessRole(roles.breakGlassRoleArn, roles.deployRoleArn),
    ),
  ];
}
