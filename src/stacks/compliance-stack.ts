import type { App } from "../cdktf";
import { AuditQueries } from "../compliance/audit-queries";
import { Trail } from "../compliance/trail";
import { trailBucketStatements, trailKeyServices } from "../compliance/trail-access";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { AccessAnalyzers } from "../security/access-analyzers";
import { logDelivery } from "../security/key-services";
import { LogGroup } from "../security/log-group";
import { PrivateBucket } from "../security/private-bucket";
import { edgeRegion } from "../slo/alert-regions";
import { LockedBucket, type LockedBucketProps } from "./locked-bucket";
import { LogArchiveStreams } from "./log-archive-streams";
import { PlatformStack } from "./platform-stack";
import { replicate } from "./replication";

const { evidence, retention, recovery } = defaults;

/** Evidence, logs and the trail, locked in two regions; what it holds cannot be deleted, so nothing else lives here. */
export class ComplianceStack extends PlatformStack {
  constructor(app: App, config: Config) {
    super(app, "compliance", config);
    const { names } = this;
    const { accountId, region, drRegion } = config;
    const trail = { trailArn: names.arn("trail", "trail"), accountId };

    const { source: evidenceBucket } = this.replicated(config, "evidence", "evidence");
    const { source: archive, replica: archiveReplica } = this.replicated(config, "log-archive", "archive", {
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
    if (config.account.accessAnalyzers === "own") {
      new AccessAnalyzers(this, "access-analyzers", {
        names,
        regions: { home: region, dr: drRegion, edge: edgeRegion },
        unusedDays: evidence.unusedAccessDays,
      });
    }

    new LogArchiveStreams(this, "log-streams", { names, config, archive });
    const results = this.logTables(config, { home: archive.kmsKeyArn, dr: archiveReplica.kmsKeyArn });
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

  /** What can be made again from the archive, so it is copied but not locked; returns the bucket at home. */
  private logTables({ region, drRegion, runbookBaseUrl }: Config, keyArns: { home: string; dr: string }) {
    const { names } = this;
    const bucket = (noun: string, at: string, kmsKeyArn: string, accessLogs: string) =>
      new PrivateBucket(this, noun, {
        name: names.name("s3-bucket", noun),
        region: at,
        encryption: { kmsKeyArn },
        accessLogsBucket: names.name("s3-bucket", accessLogs),
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
    const source = bucket("log-tables", region, keyArns.home, "access-logs");
    const replica = bucket("log-tables-dr", drRegion, keyArns.dr, "access-logs-dr");
    replicate(this, {
      names,
      noun: "log-tables",
      runbookBaseUrl,
      source: { name: source.name, arn: source.arn, region, kmsKeyArn: keyArns.home },
      replica: { name: replica.name, arn: replica.arn, region: drRegion, kmsKeyArn: keyArns.dr },
      dependsOn: [source.versioning, replica.versioning],
    });
    return source;
  }

  /** A locked bucket at home, its locked replica, and the copying. */
  private replicated(
    config: Config,
    noun: "evidence" | "log-archive",
    keyNoun: string,
    writers?: LockedBucketProps["writers"],
  ): { readonly source: LockedBucket; readonly replica: LockedBucket } {
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
    replicate(this, {
      names,
      noun,
      runbookBaseUrl: config.runbookBaseUrl,
      source: { name: source.bucket.name, arn: source.bucket.arn, region, kmsKeyArn: source.kmsKeyArn },
      replica: { name: replicaName, arn: replica.bucket.arn, region: drRegion, kmsKeyArn: replica.kmsKeyArn },
      dependsOn: [source.policy, replica.policy],
    });
    return { source, replica };
  }
}
