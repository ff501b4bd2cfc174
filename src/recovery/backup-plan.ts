import { BackupPlan as AwsBackupPlan, BackupSelection, IamRole, IamRolePolicyAttachment } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";
import { trustService } from "../security/resource-policy";

export interface BackupRule {
  /** `cron(...)` with six fields, in UTC. */
  readonly schedule: string;
  readonly deleteAfterDays: number;
  /** Days until a point moves to cold storage, at least 90 before its deletion; `null` keeps it warm. */
  readonly coldStorageAfterDays: number | null;
  readonly copyToDr: boolean;
}

export interface BackupPlanProps {
  /** Physical name, of the plan and of its selection. */
  readonly name: string;
  readonly roleName: string;
  readonly accountId: string;
  /** In the home region. */
  readonly vaultName: string;
  readonly drVaultArn: string;
  /** The locks of both vaults. */
  readonly dependsOn: readonly TerraformResource[];
  readonly rules: { readonly daily: BackupRule; readonly weekly: BackupRule };
  /** A job that has not started by then expires; AWS Backup takes 60 or more. */
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  /** What is backed up. Literal ARNs: unknown ones make the selection anew on every plan (provider issue 22595). */
  readonly resourceArns: readonly string[];
}

/** Backs tables up every day and every week, and copies what is asked for to the vault in the DR region.
 *
 * Point-in-time recovery reaches back 35 days and dies with the table's region; these points outlive both, and the
 * weekly ones in cold storage are the cheapest copy to keep for a year. Costs 10.86 USD a month per GB of tables, plus
 * the same again for every rule that is copied. Cold storage and copies of tables need AWS Backup's advanced DynamoDB
 * features, which are on where an account made its first vault after November 2021.
 */
export class BackupPlan extends Construct {
  readonly planId: string;
  /** Assumed by AWS Backup. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: props.roleName,
      assumeRolePolicy: trustService("backup.amazonaws.com", props.accountId),
    });
    const attach = (policy: "ForBackup" | "ForRestores", policyId: string) =>
      new IamRolePolicyAttachment(this, policyId, {
        role: role.name,
        policyArn: `arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicy${policy}`,
      });
    const permissions = [attach("ForBackup", "backup-permissions"), attach("ForRestores", "restore-permissions")];

    const plan = new AwsBackupPlan(this, "Default", {
      name: props.name,
      rule: (["daily", "weekly"] as const).map((name) => rule(name, props)),
      dependsOn: [...props.dependsOn],
    });
    new BackupSelection(this, "tables", {
      name: props.name,
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: [...props.resourceArns],
      dependsOn: permissions,
    });
    this.planId = plan.id;
    this.roleArn = role.arn;
  }
}

function rule(name: "daily" | "weekly", props: BackupPlanProps) {
  const { schedule, copyToDr, deleteAfterDays, coldStorageAfterDays } = props.rules[name];
  const lifecycle = {
    deleteAfter: deleteAfterDays,
    // Zero would be sent to the API, which refuses it.
    ...(coldStorageAfterDays === null ? {} : { coldStorageAfter: coldStorageAfterDays }),
  };
  return {
    ruleName: name,
    targetVaultName: props.vaultName,
    schedule,
    startWindow: props.startWindowMinutes,
    completionWindow: props.completionWindowMinutes,
    lifecycle,
    // Written out, although a copy without one inherits it: the lock of the other vault judges what stands here.
    ...(copyToDr ? { copyAction: [{ destinationVaultArn: props.drVaultArn, lifecycle }] } : {}),
  };
}
