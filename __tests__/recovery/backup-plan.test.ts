import { BackupVaultLockConfiguration } from "../../src/aws";
import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { BackupPlan, type BackupPlanProps } from "../../src/recovery/backup-plan";
import { RecoveryStack } from "../../src/stacks/recovery-stack";
import { only, resources, synthesize, type TerraformJson } from "../support/synthesize";

const daily = {
  schedule: "cron(0 5 * * ? *)",
  deleteAfterDays: 90,
  coldStorageAfterDays: null,
  copyToDr: false,
};
const weekly = {
  schedule: "cron(0 6 ? * SUN *)",
  deleteAfterDays: 365,
  coldStorageAfterDays: 30,
  copyToDr: true,
};

const plan = (rules: Partial<BackupPlanProps["rules"]> = {}) =>
  synthesize((stack) => {
    const lock = new BackupVaultLockConfiguration(stack, "lock", { backupVaultName: "acme-test-primary" });
    new BackupPlan(stack, "plan", {
      name: "acme-test-tables",
      roleName: "acme-test-backup",
      accountId: "111122223333",
      vaultName: "acme-test-primary",
      drVaultArn: "arn:aws:backup:us-east-2:111122223333:backup-vault:acme-test-dr",
      dependsOn: [lock],
      rules: { daily, weekly, ...rules },
      startWindowMinutes: 60,
      completionWindowMinutes: 240,
      resourceArns: ["arn:aws:dynamodb:us-east-1:111122223333:table/acme-test-reviews"],
    });
  });

describe("the backup plan", () => {
  test("keeps a warm point of every day for 90 days, and a point of every Sunday for a year, cold after 30 days", () => {
    expect(only(plan(), "aws_backup_plan").rule).toEqual([
      {
        rule_name: "daily",
        target_vault_name: "acme-test-primary",
        schedule: "cron(0 5 * * ? *)",
        start_window: 60,
        completion_window: 240,
        lifecycle: { delete_after: 90 },
      },
      {
        rule_name: "weekly",
        target_vault_name: "acme-test-primary",
        schedule: "cron(0 6 ? * SUN *)",
        start_window: 60,
        completion_window: 240,
        lifecycle: { delete_after: 365, cold_storage_after: 30 },
        copy_action: [
          {
            destination_vault_arn: "arn:aws:backup:us-east-2:111122223333:backup-vault:acme-test-dr",
            lifecycle: { delete_after: 365, cold_storage_after: 30 },
          },
        ],
      },
    ]);
  });

  test("copies a rule only where that is asked for, and as long as the rule keeps its points", () => {
    const rules = only(
      plan({ daily: { ...daily, copyToDr: true }, weekly: { ...weekly, copyToDr: false } }),
      "aws_backup_plan",
    ).rule as { copy_action?: { lifecycle: unknown }[] }[];

    expect(rules.map(({ copy_action }) => copy_action?.map(({ lifecycle }) => lifecycle))).toEqual([
      [{ delete_after: 90 }],
      undefined,
    ]);
  });

  test("starts after the locks of its vaults, and selects tables once its role may back them up", () => {
    const json = plan();

    expect(only(json, "aws_backup_plan").depends_on).toEqual(["aws_backup_vault_lock_configuration.lock"]);
    expect(only(json, "aws_backup_selection").depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy_attachment\.plan_backup-permissions_/),
      expect.stringMatching(/^aws_iam_role_policy_attachment\.plan_restore-permissions_/),
    ]);
    expect(resources(json, "aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    ]);
  });

  test("runs as a role that AWS Backup assumes for this account only", () => {
    const { assume_role_policy: trust } = only(plan(), "aws_iam_role");

    expect(JSON.parse(String(trust)).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: ["backup.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });
});

test.each([
  ["production", "us-east-1", "us-east-2", "111122223333"],
  ["staging", "eu-central-1", "eu-west-1", "444455556666"],
])(
  "in %s both tables are backed up by name, and the weekly copy lies in the DR region",
  (name, region, dr, account) => {
    const stack = new RecoveryStack(new App({ stackTraces: false, skipValidation: true }), loadEnvironment(name));
    const json: TerraformJson = JSON.parse(Testing.synth(stack));

    expect(only(json, "aws_backup_selection").resources).toEqual([
      `arn:aws:dynamodb:${region}:${account}:table/acme-${name}-reviews`,
      `arn:aws:dynamodb:${region}:${account}:table/acme-${name}-deliveries`,
    ]);
    expect(only(json, "aws_backup_plan").rule).toMatchObject([
      { target_vault_name: `acme-${name}-primary` },
      { copy_action: [{ destination_vault_arn: `arn:aws:backup:${dr}:${account}:backup-vault:acme-${name}-dr` }] },
    ]);
  },
);
