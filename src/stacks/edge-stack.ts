import { S3BucketPolicy } from "../aws";
import { type App, TerraformOutput } from "../cdktf";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { Distribution } from "../edge/distribution";
import { originStatements } from "../edge/origin-policy";
import { SecurityHeaders } from "../edge/security-headers";
import { uiRules } from "../edge/ui-rules";
import { EncryptionKey } from "../security/encryption-key";
import { logDelivery } from "../security/key-services";
import { logArchive } from "../security/log-archive";
import { LogGroup } from "../security/log-group";
import { PrivateBucket } from "../security/private-bucket";
import { policyJson } from "../security/resource-policy";
import { edgeRegion } from "../slo/alert-regions";
import { WebAcl } from "../waf/web-acl";
import { PlatformStack } from "./platform-stack";

/** CloudFront before the UI, with its firewall and its logs; the region is AWS's demand, wherever home is. */
export class EdgeStack extends PlatformStack {
  constructor(app: App, config: Config) {
    super(app, "edge", config, edgeRegion);
    const { names } = this;
    const uiBuckets = {
      ui: { name: names.name("s3-bucket", "ui"), region: config.region },
      "ui-dr": { name: names.name("s3-bucket", "ui-dr"), region: config.drRegion },
    };

    const { accessLogObjectDays, noncurrentVersionDays, abortUploadDays } = defaults.retention;
    const logBucket = new PrivateBucket(this, "logs", {
      name: names.name("s3-bucket", "edge-logs"),
      region: edgeRegion,
      // CloudFront delivers by an ACL, and to a customer key only if that key's policy lets log delivery in.
      ownership: "BucketOwnerPreferred",
      encryption: "sse-s3",
      abortUploadDays,
      lifecycleRules: [{ id: "expire", expirationDays: accessLogObjectDays, noncurrentVersionDays }],
    });
    const headers = new SecurityHeaders(this, "headers", {
      name: names.name("cloudfront-policy", "ui"),
      strictTransportSeconds: defaults.network.strictTransportSeconds,
      connectSources: [
        issuerOrigin(config),
        config.api ? `https://${config.api.domainName}` : `https://*.execute-api.${config.region}.amazonaws.com`,
      ],
      frameSources: [issuerOrigin(config)],
    });
    const distribution = new Distribution(this, "distribution", {
      name: names.name("cloudfront-policy", "ui"),
      originBucket: uiBuckets.ui,
      replicaBucket: uiBuckets["ui-dr"],
      ...(config.ui ? { domain: { name: config.ui.domainName, certificateArn: config.ui.certificateArn } } : {}),
      blockedCountries: config.waf.blockedCountries,
      webAclArn: this.firewall(config),
      responseHeadersPolicyId: headers.id,
      logBucketDomainName: logBucket.bucket.bucketDomainName,
      dependsOn: [logBucket.ownership],
    });
    for (const [noun, { name, region }] of Object.entries(uiBuckets)) {
      new S3BucketPolicy(this, `${noun}-bucket-policy`, {
        region,
        bucket: name,
        policy: policyJson(originStatements(names.arn("s3-bucket", noun), distribution.arn)),
      });
    }
    // Where the DNS record of the UI points.
    new TerraformOutput(this, "ui-domain-name", { value: distribution.domainName });
  }

  private firewall(config: Config): string {
    const { names } = this;
    const key = new EncryptionKey(this, "logs-key", {
      alias: names.name("kms-alias", "edge-logs"),
      description: "Firewall logs of the UI",
      region: edgeRegion,
      accountId: config.accountId,
      deletionDays: defaults.recovery.keyDeletionDays,
      breakGlassRoleArn: config.breakGlassRoleArn,
      deployRoleArn: config.deployRoleArn,
      services: [logDelivery(edgeRegion, [names.arn("waf-log-group", "ui", edgeRegion)])],
    });
    const logGroup = new LogGroup(this, "firewall-logs", {
      name: names.name("waf-log-group", "ui"),
      region: edgeRegion,
      retentionDays: config.retention.wafLogDays,
      kmsKeyArn: key.arn,
      archive: logArchive(names, edgeRegion),
    });
    const acl = new WebAcl(this, "firewall", {
      names,
      noun: "ui",
      scope: "CLOUDFRONT",
      rules: uiRules({ ratePerIp: defaults.waf.uiRatePerIp, rateWindowSeconds: defaults.waf.rateWindowSeconds }),
      // `waf.rollout` spares webhooks that a new rule might refuse; nothing is delivered to the UI.
      rollout: "enforce",
      logGroupArn: logGroup.arn,
    });
    return acl.resource.arn;
  }
}

/** Where people sign in. */
function issuerOrigin({ identity }: Config): string {
  return identity.kind === "entra" ? "https://login.microsoftonline.com" : new URL(identity.issuer).origin;
}
