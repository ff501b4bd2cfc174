import { ExistingThings } from "../adopt/existing";
import type { App } from "../cdktf";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { BackupEvents, lostEventsQueue } from "../recovery/backup-events";
import { BackupPlan } from "../recovery/backup-plan";
import { drVaultAlarms, homeVaultAlarms, type WatchedPlan } from "../recovery/recovery-alarms";
import { VaultSet } from "../recovery/vault-set";
import { EncryptionKey } from "../security/encryption-key";
import { eventDelivery } from "../security/key-services";
import { AlarmSet } from "../slo/alarm-set";
import { PlatformStack } from "./platform-stack";

const { recovery } = defaults;

/** Backups of the tables in two regions. It knows them by name only, so it outlives the stack that owns them. */
export class RecoveryStack extends PlatformStack {
  constructor(app: App, config: Config) {
    super(app, "recovery", config);
    const { names } = this;
    const { region, drRegion, accountId } = config;
    const { daily, weekly, lock } = config.recovery;
    const primary = {
      name: names.name("backup-vault", "primary"),
      region,
      kmsKeyArn: this.key("home", region, config),
    };
    const dr = {
      name: names.name("backup-vault", "dr"),
      region: drRegion,
      kmsKeyArn: this.key("dr", drRegion, config),
    };

    const vaults = new VaultSet(this, "vaults", {
      primary,
      dr,
      lock,
      retentionDays: { min: recovery.lock.minRetentionDays, max: recovery.lock.maxRetentionDays },
      breakGlassRoleArn: config.breakGlassRoleArn,
    });
    const { planId, roleArn } = new BackupPlan(this, "plan", {
      name: names.name("backup-plan", "tables"),
      roleName: names.name("iam-role", "backup"),
      accountId,
      vaultName: primary.name,
      drVaultArn: names.arn("backup-vault", "dr", drRegion),
      dependsOn: vaults.locks,
      rules: { daily, weekly },
      startWindowMinutes: recovery.startWindowMinutes,
      completionWindowMinutes: recovery.completionWindowMinutes,
      resourceArns: (["reviews", "deliveries"] as const).map((noun) => names.arn("dynamodb-table", noun)),
    });

    new ExistingThings(this, "existing", {
      stack: "recovery",
      existing: config.existing,
      names,
      backupPlanId: planId,
      backupRoleArn: roleArn,
    });

    for (const [id, vault] of [["home", primary] as const, ["dr", dr] as const]) {
      new BackupEvents(this, `events-${id}`, {
        names,
        region: vault.region,
        kmsKeyArn: vault.kmsKeyArn,
        deadLetterRetentionDays: defaults.reviews.deadLetterRetentionDays,
      });
    }
    const plan: WatchedPlan = {
      primary: primary.name,
      dr: dr.name,
      rules: [daily, weekly],
      startWindowMinutes: recovery.startWindowMinutes,
    };
    const { runbookBaseUrl } = config;
    new AlarmSet(this, "alarms-home", { names, region, runbookBaseUrl, rows: homeVaultAlarms(plan) });
    new AlarmSet(this, "alarms-dr", { names, region: drRegion, runbookBaseUrl, rows: drVaultAlarms(plan) });
  }

  /** ARN of the key of a region's vault, which its queue of lost events shares. */
  private key(id: "home" | "dr", region: string, config: Config): string {
    const key = new EncryptionKey(this, `key-${id}`, {
      alias: this.names.name("kms-alias", "backup"),
      description: `Backups in ${region}`,
      region,
      accountId: config.accountId,
      deletionDays: recovery.keyDeletionDays,
      breakGlassRoleArn: config.breakGlassRoleArn,
      deployRoleArn: config.deployRoleArn,
      // AWS Backup developer guide, "Encryption for backups": the service uses it for roles of this account.
      useThrough: ["backup", "dynamodb", "sqs"],
      services: [eventDelivery([lostEventsQueue(this.names, region)])],
    });
    return key.arn;
  }
}
