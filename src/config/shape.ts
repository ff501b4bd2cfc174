import { z } from "zod";
import * as defaults from "./defaults";
import { existing } from "./existing-rules";
import {
  accountId,
  backend,
  backupRule,
  billing,
  cidr,
  day,
  days,
  email,
  functionSettings,
  groupVersion,
  hostName,
  httpsUrl,
  identity,
  ipv4Network,
  irrevocableEvidence,
  logRetentionDays,
  rateLimit,
  region,
  roleArn,
  text,
  vaultLock,
  webUrl,
} from "./fields";
import { secrets } from "./secrets";

/** The fields of an environment file, each on its own; contradictions between them are in `rules.ts`. */
export const shape = z.strictObject({
  organization: text(/^[a-z][a-z0-9-]{1,19}$/, "2 to 20 lower-case letters, digits and hyphens, a letter first"),
  environment: text(/^[a-z][a-z0-9-]{1,19}$/, "2 to 20 lower-case letters, digits and hyphens, a letter first"),
  tier: z.enum(["production", "staging", "development"]),
  accountId,
  /** Terraform stops before it touches any other account. */
  allowedAccountIds: z.array(accountId).min(1),
  region,
  /** Holds the copies: replicas, vault, evidence. */
  drRegion: region,
  owner: z.string().min(1),
  costCenter: z.string().min(1),
  dataClass: z.enum(["public", "internal", "confidential"]).default("confidential"),
  backend,
  /** The role that applies, and the one that may do what key and bucket policies deny everyone else. */
  deployRoleArn: roleArn,
  breakGlassRoleArn: roleArn,
  identity,
  github: z.strictObject({
    apiBaseUrl: webUrl.default(defaults.github.apiBaseUrl),
    appId: text(/^\d+$/, "the App's number"),
  }),
  network: z
    .strictObject({
      cidr: z
        .cidrv4("an IPv4 range of /16, such as 10.20.0.0/16")
        .refine((range) => range.endsWith("/16"), "an IPv4 range of /16, such as 10.20.0.0/16")
        .default(defaults.network.cidr),
      natGateways: z.enum(["single", "per-zone"]).default("single"),
      /** What `functions-egress` reaches on 443: the whole internet, or GitHub's addresses alone. */
      egress: z.enum(["open-443", "prefix-lists"]).default("open-443"),
      /** Where GitHub's API answers, for `prefix-lists`; with `waf.syncGithubCidrs`, at the first apply only. */
      githubCidrs: z
        .array(ipv4Network)
        .min(1)
        .refine((ranges) => new Set(ranges).size === ranges.length, "each range once")
        .default([...defaults.network.githubCidrs]),
    })
    .prefault({}),
  limits: z
    .strictObject({
      default: rateLimit(defaults.throttles.default),
      write: rateLimit(defaults.throttles.write),
      webhook: rateLimit(defaults.throttles.webhook),
    })
    .prefault({}),
  waf: z
    .strictObject({
      rollout: z.enum(["count", "enforce"]).default("enforce"),
      /** The last day on which the firewall only counts; without it `check` refuses `count`. */
      rolloutEnds: day.optional(),
      ratePerIp: z.int().min(10).max(2_000_000_000).default(defaults.waf.ratePerIp),
      blockedCountries: z
        .array(text(/^[A-Z]{2}$/, "two capital letters"))
        .min(1)
        .default([...defaults.waf.blockedCountries]),
      allowedCidrs: z.array(cidr).default([]),
      /** What becomes of a delivery from outside GitHub's published addresses. */
      githubSource: z.enum(["count", "block"]).default("count"),
      /** Where GitHub's deliveries come from; with the sync, at the first apply only. */
      githubCidrs: z.array(cidr).default([...defaults.waf.githubCidrs]),
      /** Whether a function keeps those addresses, every hour; an Enterprise Server publishes none. */
      syncGithubCidrs: z.boolean().default(true),
      /** AWS's list of VPNs, proxies and clouds; `rate` also limits the first two. */
      anonymousIp: z.enum(["off", "count", "rate"]).default("count"),
      /** Fixed versions of AWS's groups; the lists of addresses have none. */
      groupVersions: z
        .strictObject({
          AWSManagedRulesCommonRuleSet: groupVersion.optional(),
          AWSManagedRulesKnownBadInputsRuleSet: groupVersion.optional(),
          AWSManagedRulesSQLiRuleSet: groupVersion.optional(),
          AWSManagedRulesLinuxRuleSet: groupVersion.optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  functions: z
    .strictObject({
      webhook: functionSettings(defaults.functions.webhook),
      authorizer: functionSettings(defaults.functions.authorizer),
      "reviews-api": functionSettings(defaults.functions["reviews-api"]),
      reviewer: functionSettings(defaults.functions.reviewer),
      probe: functionSettings(defaults.functions.probe),
      "sync-github-ips": functionSettings(defaults.functions["sync-github-ips"]),
      "rotate-secret": functionSettings(defaults.functions["rotate-secret"]),
      "rotation-auditor": functionSettings(defaults.functions["rotation-auditor"]),
      "credential-sweeper": functionSettings(defaults.functions["credential-sweeper"]),
      "redeliver-webhooks": functionSettings(defaults.functions["redeliver-webhooks"]),
    })
    .prefault({}),
  /** Whether functions run signed code only; their zips then go through S3 and AWS Signer. */
  codeSigning: z.boolean().default(false),
  account: z
    .strictObject({
      lambdaConcurrency: z.int().min(200).default(defaults.accountQuotas.lambdaConcurrency),
      apiRequestsPerSecond: z.int().min(1).default(defaults.accountQuotas.apiRequestsPerSecond),
      /** AWS allows one analyzer of each type in an account and region: `existing` where another environment has them. */
      accessAnalyzers: z.enum(["own", "existing"]).default("own"),
    })
    .prefault({}),
  reviews: z
    .strictObject({
      maxPerDay: z.int().min(1).default(defaults.reviews.maxPerDay),
      modelId: z.string().min(1).default(defaults.reviews.modelId),
    })
    .prefault({}),
  secrets,
  tables: z.strictObject({ billing: billing.prefault({ mode: "on-demand" }) }).prefault({}),
  recovery: z
    .strictObject({
      daily: backupRule(defaults.recovery.daily),
      weekly: backupRule(defaults.recovery.weekly),
      lock: vaultLock.default({ mode: "governance" }),
    })
    .prefault({}),
  retention: z
    .strictObject({
      functionLogDays: logRetentionDays.default(defaults.retention.functionLogDays),
      accessLogDays: logRetentionDays.default(defaults.retention.accessLogDays),
      wafLogDays: logRetentionDays.default(defaults.retention.wafLogDays),
      flowLogDays: logRetentionDays.default(defaults.retention.flowLogDays),
    })
    .prefault({}),
  evidence: z
    .strictObject({
      retentionDays: days.default(defaults.evidence.retentionDays),
      /** Turns the lock from governance to compliance: nobody, not even AWS, can then delete an object early. */
      acceptIrrevocable: z.literal(irrevocableEvidence).optional(),
    })
    .prefault({}),
  alerts: z.strictObject({
    errors: z.array(email).min(1),
    slo: z.array(email).min(1),
    security: z.array(email).min(1),
    cost: z.array(email).min(1),
  }),
  cost: z.strictObject({ monthlyBudgetUsd: z.int().min(1).default(defaults.cost.monthlyBudgetUsd) }).prefault({}),
  /** Where on-call engineers read runbooks; pin it to a release tag in production. */
  runbookBaseUrl: httpsUrl,
  /** A domain of the API's own; without it callers use the host that AWS gives, where paths begin with the stage. */
  api: z
    .strictObject({
      domainName: hostName,
      certificateArn: text(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, "the ARN of an ACM certificate"),
    })
    .optional(),
  ui: z
    .strictObject({
      domainName: hostName,
      certificateArn: text(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, "a certificate of us-east-1"),
    })
    .optional(),
  /** Things that others made and this environment hardens, too: `docs/adoption.md`. */
  existing,
  /** Findings of the policy that this environment accepts for a time; `npm run check -- --only policy` prints path and id. */
  suppressions: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        id: z.string().min(1),
        reason: z.string().min(1),
        owner: z.string().min(1),
        expires: day,
      }),
    )
    .default([]),
});

export type Shape = z.output<typeof shape>;
