import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { type VaultLock, VaultSet } from "../../src/recovery/vault-set";
import { RecoveryStack } from "../../src/stacks/recovery-stack";
import { resources, synthesize, type TerraformJson } from "../support/synthesize";

const breakGlassRoleArn = "arn:aws:iam::111122223333:role/break-glass";
const vaults = (lock: VaultLock = { mode: "governance" }) =>
  synthesize((stack) => {
    new VaultSet(stack, "vaults", {
      primary: {
        name: "acme-test-primary",
        region: "us-east-1",
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
      },
      dr: { name: "acme-test-dr", region: "us-east-2", kmsKeyArn: "arn:aws:kms:us-east-2:111122223333:key/2" },
      lock,
      retentionDays: { min: 35, max: 400 },
      breakGlassRoleArn,
    });
  });

describe("the vaults", () => {
  test("lie in two regions, each with a key of its own, and no plan can destroy them", () => {
    expect(resources(vaults(), "aws_backup_vault")).toEqual([
      {
        name: "acme-test-dr",
        region: "us-east-2",
        kms_key_arn: "arn:aws:kms:us-east-2:111122223333:key/2",
        lifecycle: { prevent_destroy: true },
      },
      {
        name: "acme-test-primary",
        region: "us-east-1",
        kms_key_arn: "arn:aws:kms:us-east-1:111122223333:key/1",
        lifecycle: { prevent_destroy: true },
      },
    ]);
  });

  test("let nobody but break-glass delete points, vaults, locks or the policy that says so", () => {
    const policies = resources(vaults(), "aws_backup_vault_policy");

    expect(policies.map(({ region }) => region)).toEqual(["us-east-2", "us-east-1"]);
    for (const { policy } of policies) {
      expect(JSON.parse(String(policy)).Statement).toEqual([
        {
          Sid: "DenyDestruction",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: [
            "backup:DeleteBackupVault",
            "backup:DeleteBackupVaultAccessPolicy",
            "backup:DeleteBackupVaultLockConfiguration",
            "backup:DeleteRecoveryPoint",
            "backup:PutBackupVaultAccessPolicy",
            "backup:UpdateRecoveryPointLifecycle",
          ],
          Resource: "*",
          Condition: { ArnNotEquals: { "aws:PrincipalArn": [breakGlassRoleArn] } },
        },
      ]);
    }
  });

  test("are locked before the policy forbids to lock them", () => {
    expect(resources(vaults(), "aws_backup_vault_policy").map((policy) => policy.depends_on)).toEqual([
      [expect.stringMatching(/^aws_backup_vault_lock_configuration\.vaults_dr-lock_/)],
      [expect.stringMatching(/^aws_backup_vault_lock_configuration\.vaults_primary-lock_/)],
    ]);
  });

  test("refuse points that are kept under 35 or over 400 days, in both regions", () => {
    const bounds = { min_retention_days: 35, max_retention_days: 400 };

    expect(resources(vaults(), "aws_backup_vault_lock_configuration")).toMatchObject([
      { region: "us-east-2", ...bounds },
      { region: "us-east-1", ...bounds },
    ]);
  });

  test("can be unlocked by break-glass, unless the environment asks for a lock that nobody lifts", () => {
    const changeable = (json: TerraformJson) =>
      resources(json, "aws_backup_vault_lock_configuration").map((lock) => lock.changeable_for_days);

    expect(changeable(vaults())).toEqual([undefined, undefined]);
    expect(changeable(vaults({ mode: "compliance", changeableForDays: 3 }))).toEqual([3, 3]);
  });
});

describe.each(["production", "staging"])("the keys of the vaults in %s", (environment) => {
  const config = loadEnvironment(environment);
  const json: TerraformJson = JSON.parse(
    Testing.synth(new RecoveryStack(new App({ stackTraces: false, skipValidation: true }), config)),
  );
  const keys = resources(json, "aws_kms_key");

  test("are two, one a region, and each vault uses the one of its own", () => {
    expect(keys.map(({ region }) => region)).toEqual([config.drRegion, config.region]);
    expect(resources(json, "aws_backup_vault").map(({ region, kms_key_arn }) => [region, kms_key_arn])).toEqual(
      expect.arrayContaining([
        [config.region, "${aws_kms_key.key-home.arn}"],
        [config.drRegion, "${aws_kms_key.key-dr.arn}"],
      ]),
    );
  });

  test("are open to AWS Backup for roles of the account, and to EventBridge for its queue of lost events alone", () => {
    expect(keys).toHaveLength(2);
    for (const { policy, region } of keys) {
      const statements: { Sid: string; Condition: object; Principal: unknown }[] = JSON.parse(String(policy)).Statement;

      expect(statements.find(({ Sid }) => Sid === "GrantToServices")?.Condition).toMatchObject({
        StringLike: { "kms:ViaService": expect.arrayContaining(["backup.*.amazonaws.com"]) },
        Bool: { "kms:GrantIsForAWSResource": "true" },
      });
      expect(statements.filter(({ Principal }) => JSON.stringify(Principal).includes("Service"))).toEqual([
        {
          Sid: "Service1",
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:sqs:arn": [
                `arn:aws:sqs:${region}:${config.accountId}:acme-${environment}-backup-events-dlq`,
              ],
            },
          },
        },
      ]);
    }
  });
});
