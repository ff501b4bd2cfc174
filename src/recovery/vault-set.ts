import { BackupVault, BackupVaultLockConfiguration, BackupVaultPolicy } from "../aws";
import { Construct } from "../cdktf";
import { everybody, policyJson, unlessRole } from "../security/resource-policy";

/** Who may lift the lock: whoever the vault's policy lets, or, after the days to think it over, nobody at all. */
export type VaultLock =
  | { readonly mode: "governance" }
  | { readonly mode: "compliance"; readonly changeableForDays: number };

export interface VaultProps {
  /** Physical name: 2 to 50 letters, digits, hyphens and underscores. */
  readonly name: string;
  readonly region: string;
  readonly kmsKeyArn: string;
}

export interface VaultSetProps {
  /** In the home region; the backup plan writes to it. */
  readonly primary: VaultProps;
  /** In the DR region; receives copies. */
  readonly dr: VaultProps;
  readonly lock: VaultLock;
  /** A job that keeps its point for less or more days is refused when it runs. */
  readonly retentionDays: { readonly min: number; readonly max: number };
  /** The one role that may delete points, vaults, locks and these policies. */
  readonly breakGlassRoleArn: string;
}

/** What would let a stolen administrator role destroy backups. */
const destruction = [
  "backup:DeleteBackupVault",
  "backup:DeleteBackupVaultAccessPolicy",
  "backup:DeleteBackupVaultLockConfiguration",
  "backup:DeleteRecoveryPoint",
  "backup:PutBackupVaultAccessPolicy",
  "backup:UpdateRecoveryPointLifecycle",
];

/** Two vaults in two regions, each with a key of its own, a lock and a policy that denies destruction.
 *
 * The lock refuses points that would expire too early or never; the policy stops everybody but break-glass, so whoever
 * deletes the tables cannot delete their backups too (FS-08, FS-09). A vault costs nothing, its points do: 0.10 USD per
 * GB and month warm, 0.03 cold.
 */
export class VaultSet extends Construct {
  /** A plan waits for them: a point that was stored before the lock escapes it. */
  readonly locks: readonly BackupVaultLockConfiguration[];

  constructor(scope: Construct, id: string, props: VaultSetProps) {
    super(scope, id);
    this.locks = [this.vault("primary", props), this.vault("dr", props)];
  }

  private vault(id: "primary" | "dr", props: VaultSetProps): BackupVaultLockConfiguration {
    const { name, region, kmsKeyArn } = props[id];
    const vault = new BackupVault(this, id, { region, name, kmsKeyArn, lifecycle: { preventDestroy: true } });
    const lock = new BackupVaultLockConfiguration(this, `${id}-lock`, {
      region,
      backupVaultName: vault.name,
      minRetentionDays: props.retentionDays.min,
      maxRetentionDays: props.retentionDays.max,
      ...(props.lock.mode === "compliance" ? { changeableForDays: props.lock.changeableForDays } : {}),
    });
    new BackupVaultPolicy(this, `${id}-policy`, {
      region,
      backupVaultName: vault.name,
      policy: policyJson([
        {
          Sid: "DenyDestruction",
          Effect: "Deny",
          Principal: everybody,
          Action: destruction,
          Resource: "*",
          Condition: unlessRole(props.breakGlassRoleArn),
        },
      ]),
      dependsOn: [lock],
    });
    return lock;
  }
}
