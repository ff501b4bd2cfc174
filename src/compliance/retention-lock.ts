import { S3BucketObjectLockConfiguration, S3BucketPolicy } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import type { BucketRef } from "../config/refs";
import { denyPlainHttp, type PolicyStatement, policyJson } from "../security/resource-policy";
import { type LockRoles, lockStatements } from "./lock-statements";

/** `GOVERNANCE`: break-glass may still shorten or delete. `COMPLIANCE`: nobody, not even AWS, until the days are over. */
export interface Retention {
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly days: number;
}

export interface RetentionLockProps extends LockRoles {
  /** Made with Object Lock on. */
  readonly bucket: BucketRef;
  readonly region: string;
  readonly kmsKeyArn: string;
  readonly retention: Retention;
  readonly versioning: TerraformResource;
  /** What else the bucket's one policy says. @default - nothing */
  readonly extraStatements?: readonly PolicyStatement[];
}

/** Locks every object of a bucket from the moment it is written, then forbids everybody to unlock it.
 *
 * Evidence that an administrator can delete proves nothing (FS-09), and a bucket that nobody can ever empty is a bill
 * for seven years: hence governance, until the environment says the irrevocable word. The policy comes after the lock,
 * because it denies the deploy role, too, what the lock takes to set. Free.
 */
export class RetentionLock extends Construct {
  readonly lock: S3BucketObjectLockConfiguration;
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: RetentionLockProps) {
    super(scope, id);
    const target = { region: props.region, bucket: props.bucket.name };
    this.lock = new S3BucketObjectLockConfiguration(this, "Default", {
      ...target,
      rule: { defaultRetention: { mode: props.retention.mode, days: props.retention.days } },
      dependsOn: [props.versioning],
    });
    this.policy = new S3BucketPolicy(this, "policy", {
      ...target,
      policy: policyJson([
        denyPlainHttp(props.bucket.arn),
        ...lockStatements({
          bucketArn: props.bucket.arn,
          kmsKeyArn: props.kmsKeyArn,
          retentionDays: props.retention.days,
          roles: props,
        }),
        ...(props.extraStatements ?? []),
      ]),
      dependsOn: [this.lock],
    });
  }
}
