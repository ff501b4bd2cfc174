import { ExistingThings } from "../adopt/existing";
import type { App } from "../cdktf";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { ProtectedTable, type ProtectedTableProps } from "../recovery/protected-table";
import { TableReplica } from "../recovery/table-replica";
import { capacityAttributes, TableCapacity } from "../scaling/table-capacity";
import { secretUsers } from "../secrets/planned-secrets";
import { SecretContainer } from "../secrets/secret-container";
import { DataBuckets } from "../security/data-buckets";
import { DataKeys } from "../security/data-keys";
import type { DataOutputs } from "./outputs";
import { PlatformStack } from "./platform-stack";
import { replicate } from "./replication";
import { secretsOf } from "./secrets-of";

/** Everything that has state, and its keys, in the home region with copies in the second. A plan cannot destroy it. */
export class DataStack extends PlatformStack {
  readonly outputs: DataOutputs;

  constructor(app: App, config: Config) {
    super(app, "data", config);
    const { names } = this;
    const { breakGlassRoleArn, deployRoleArn } = config;

    const keys = new DataKeys(this, "keys", {
      names,
      deletionDays: defaults.recovery.keyDeletionDays,
      breakGlassRoleArn,
      deployRoleArn,
    });

    const table = (noun: string, index?: ProtectedTableProps["index"]) =>
      this.#table(config, noun, { home: keys.dataArn, dr: keys.drDataArn }, index);
    table("reviews", { name: "by-created-at", partitionKey: "repository", sortKey: "createdAt" });
    table("deliveries");

    const buckets = new DataBuckets(this, "buckets", {
      names,
      kmsKeyArn: keys.dataArn,
      drKmsKeyArn: keys.drDataArn,
      abortUploadDays: defaults.retention.abortUploadDays,
      noncurrentVersionDays: defaults.retention.noncurrentVersionDays,
      accessLogDays: defaults.retention.accessLogObjectDays,
      artifactDays: defaults.reviews.retentionDays,
      artifactInfrequentAfterDays: defaults.retention.infrequentAccessAfterDays,
    });
    for (const [noun, { home, dr }] of Object.entries({ artifacts: buckets.artifacts, ui: buckets.ui })) {
      replicate(this, {
        names,
        noun,
        runbookBaseUrl: config.runbookBaseUrl,
        source: { name: home.name, arn: home.arn, region: config.region, kmsKeyArn: keys.dataArn },
        replica: { name: dr.name, arn: dr.arn, region: config.drRegion, kmsKeyArn: keys.drDataArn },
        dependsOn: [home.versioning, dr.versioning],
      });
    }

    new ExistingThings(this, "existing", { ...config, stack: "data", names });

    const secretArn = this.#secrets(config, keys);

    this.outputs = {
      dataKeyArn: keys.dataArn,
      drDataKeyArn: keys.drDataArn,
      secretsKeyArn: keys.secretsArn,
      messagesKeyArn: keys.messagesArn,
      logsKeyArn: keys.logsArn,
      functionsKeyArn: keys.functionsArn,
      githubWebhookSecretArn: secretArn("github-webhook"),
      spaceliftWebhookSecretArn: secretArn("spacelift-webhook"),
      githubAppSecretArn: secretArn("github-app"),
      secretArn,
    };
  }

  /** A container for each secret that is ours, and their ARNs by noun. */
  #secrets(
    { drRegion, breakGlassRoleArn, deployRoleArn, ...config }: Config,
    keys: DataKeys,
  ): (noun: string) => string {
    const { names } = this;
    const planned = secretsOf(config, names);
    const roleArns = (functions: readonly string[]) => functions.map((noun) => names.arn("iam-role", noun));
    const arns = new Map(
      planned
        .filter(({ existing }) => existing === undefined)
        .map((secret) => {
          const { noun, description, readerRoleArns } = secret;
          const { readers, writers } = secretUsers(secret, planned);
          const container = new SecretContainer(this, `${noun}-secret`, {
            name: names.name("secret", noun),
            description,
            kmsKeyArn: keys.secretsArn,
            replica: { region: drRegion, kmsKeyArn: keys.drSecretsArn },
            recoveryWindowDays: defaults.secrets.recoveryWindowDays,
            readerRoleArns: [...roleArns(readers), ...readerRoleArns],
            writerRoleArns: roleArns(writers),
            breakGlassRoleArn,
            deployRoleArn,
          });
          return [noun, container.arn];
        }),
    );
    return (noun) => {
      const arn = arns.get(noun);
      if (arn === undefined) throw new Error(`There is no secret ${noun}; planned are ${[...arns.keys()].join(", ")}.`);
      return arn;
    };
  }

  #table(
    { tables: { billing }, drRegion }: Config,
    noun: string,
    keyArns: { readonly home: string; readonly dr: string },
    index?: ProtectedTableProps["index"],
  ): void {
    const table = new ProtectedTable(this, `${noun}-table`, {
      name: this.names.name("dynamodb-table", noun),
      kmsKeyArn: keyArns.home,
      pointInTimeDays: defaults.recovery.pointInTimeDays,
      capacity: capacityAttributes(billing, index !== undefined),
      ...(index ? { index } : {}),
    });
    const scaling =
      billing.mode === "provisioned" &&
      new TableCapacity(this, `${noun}-capacity`, {
        tableName: table.name,
        indexNames: index ? [index.name] : [],
        billing,
        scaleOutCooldownSeconds: defaults.tables.scaleOutCooldownSeconds,
        scaleInCooldownSeconds: defaults.tables.scaleInCooldownSeconds,
      });
    new TableReplica(this, `${noun}-replica`, {
      tableArn: table.arn,
      region: drRegion,
      kmsKeyArn: keyArns.dr,
      after: scaling ? scaling.policies : [],
    });
  }
}
