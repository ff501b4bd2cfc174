import type { App } from "../cdktf";
import { AuditQueries } from "../compliance/audit-queries";
import { Trail } from "../compliance/trail";
import { trailBucketStatements, trailKeyServices } from "../compliance/trail-access";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { ReplicatedBucket } from "../recovery/replicated-bucket";
import { replicationAlarms } from "../recovery/replication-alarms";
import { logDelivery } from "../security/key-services";
import { LogGroup } from "../security/log-group";
import { PrivateBucket } from "../security/private-bucket";
import { AlarmSet } from "../slo/alarm-set";
import { edgeRegion } from "../slo/alert-regions";
import { LockedBucket, type LockedBucketProps } from "./locked-bucket";
import { PlatformStack } from "./platform-stack";

const { evidence, retention, recovery } = defaults;
const replicationRule = "everything";

/** Evidence, logs and the trail, locked in two regions; what it holds cannot be deleted, so nothing else lives here. */
export class ComplianceStack extends PlatformStack {
  constructor(app: App, config: Config) {
    super(app, "compliance", config);
    const { names } = this;
    const { accountId, region, drRegion } = config;
    const trail = { trailArn: names.arn("trail", "trail"), accountId };

    const evidenceBucket = this.replicated(config, "evidence", "evidence");
    const archive = this.replicated(config, "log-archive", "archive", {
      keyServices: [
        ...trailKeyServices(trail, names.arn("sns-topic", "trail")),
        logDelivery(region, [names.arn("log-group", "trail")]),
      ],
      statements: trailBucketStatements(names.arn("s3-bucket", "log-archive"), trail),
    });
    const logGroup = new LogGroup(this, "trail-logs", {
      name: names.name("log-group", "trail"),
      retentionDays: evidence.trailLogDays,
      kmsKeyArn: archive.kmsKeyArn,
    });
    new Trail(this, "trail", {
      names,
      bucketName: archive.bucket.name,
      kmsKeyArn: archive.kmsKeyArn,
      logGroupArn: logGroup.arn,
      watchedBucketArns: [evidenceBucket.bucket.arn],
      dependsOn: [archive.policy],
    });

    const results = new PrivateBucket(this, "log-tables", {
      name: names.name("s3-bucket", "log-tables"),
      encryption: { kmsKeyArn: archive.kmsKeyArn },
      accessLogsBucket: names.name("s3-bucket", "access-logs"),
      abortUploadDays: retention.abortUploadDays,
      lifecycleRules: [
        {
          id: "expire-query-results",
          prefix: "query-results/",
          expirationDays: evidence.queryResultDays,
          noncurrentVersionDays: evidence.queryResultDays,
        },
      ],
    });
    new AuditQueries(this, "audit", {
      names,
      accountId,
      archiveBucketName: archive.bucket.name,
      resultsBucketName: results.name,
      kmsKeyArn: archive.kmsKeyArn,
      scanLimitBytes: evidence.athenaScanLimitBytes,
      regions: [...new Set([region, drRegion, edgeRegion])],
    });
  }

  /** A locked bucket at home, its locked replica, and the alarm on what could not be copied; returns the one at home. */
  private replicated(
    config: Config,
    noun: "evidence" | "log-archive",
    keyNoun: string,
    writers?: LockedBucketProps["writers"],
  ): LockedBucket {
    const { names } = this;
    const { region, drRegion } = config;
    const settings = {
      accountId: config.accountId,
      deletionDays: recovery.keyDeletionDays,
      breakGlassRoleArn: config.breakGlassRoleArn,
      deployRoleArn: config.deployRoleArn,
      retention: {
        mode: config.evidence.acceptIrrevocable === undefined ? "GOVERNANCE" : "COMPLIANCE",
        days: config.evidence.retentionDays,
      },
      expiryMarginDays: evidence.expiryMarginDays,
      deepArchiveAfterDays: evidence.deepArchiveAfterDays,
      abortUploadDays: retention.abortUploadDays,
      keyAlias: names.name("kms-alias", keyNoun),
    } as const;
    const [name, replicaName] = [names.name("s3-bucket", noun), names.name("s3-bucket", `${noun}-dr`)];
    const source = new LockedBucket(this, noun, {
      ...settings,
      name,
      region,
      accessLogsBucket: names.name("s3-bucket", "access-logs"),
      ...(writers ? { writers } : {}),
    });
    const replica = new LockedBucket(this, `${noun}-dr`, {
      ...settings,
      name: replicaName,
      region: drRegion,
      accessLogsBucket: names.name("s3-bucket", "access-logs-dr"),
    });
    new ReplicatedBucket(this, `${noun}-replication`, {
      source: { name: source.bucket.name, arn: source.bucket.arn, region, kmsKeyArn: source.kmsKeyArn },
      replica: { name: replicaName, arn: replica.bucket.arn, region: drRegion, kmsKeyArn: replica.kmsKeyArn },
      roleName: names.name("iam-role", `replicate-${noun}`),
      ruleId: replicationRule,
      withinMinutes: recovery.replicationMinutes,
      dependsOn: [source.policy, replica.policy],
    });
    new AlarmSet(this, `${noun}-alarms`, {
      names,
      region,
      runbookBaseUrl: config.runbookBaseUrl,
      rows: replicationAlarms([
        { id: noun, sourceBucket: name, destinationBucket: replicaName, ruleId: replicationRule },
      ]),
    });
    return source;
  }
}
