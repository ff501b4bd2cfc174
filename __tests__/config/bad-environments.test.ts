import production from "../../environments/production";
import { ConfigError, parseEnvironment } from "../../src/config/load";
import { crossFieldRules } from "../../src/config/rules";
import { shape } from "../../src/config/shape";

interface BadEnvironment {
  readonly what: string;
  /** New values of fields of the production environment, by their dotted path; undefined removes one. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

const badEnvironments: Readonly<Record<string, readonly BadEnvironment[]>> = {
  "a field that is missing or of another kind": [
    {
      what: "a missing text",
      change: { organization: undefined },
      problems: [
        "organization is missing; allowed is 2 to 20 lower-case letters, digits and hyphens, a letter first. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a missing object",
      change: { alerts: undefined },
      problems: ["alerts is missing; allowed is an object. Set it in environments/production.ts."],
    },
    {
      what: "a missing role",
      change: { breakGlassRoleArn: undefined },
      problems: [
        "breakGlassRoleArn is missing; allowed is the ARN of an IAM role. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a number for a text",
      change: { organization: 7 },
      problems: [
        "organization is 7; allowed is 2 to 20 lower-case letters, digits and hyphens, a letter first, as a text. Set it in environments/production.ts.",
      ],
    },
    {
      what: "an account id as a number",
      change: { accountId: 111122223333 },
      problems: ["accountId is 111122223333; allowed is 12 digits, as a text. Set it in environments/production.ts."],
    },
    {
      what: "null for a text",
      change: { costCenter: null },
      problems: ["costCenter is null; allowed is a text. Set it in environments/production.ts."],
    },
    {
      what: "a text for a number",
      change: { "limits.default.burst": "100" },
      problems: ['limits.default.burst is "100"; allowed is a number. Set it in environments/production.ts.'],
    },
    {
      what: "a fraction for a whole number",
      change: { "limits.default.ratePerSecond": 10.5 },
      problems: [
        "limits.default.ratePerSecond is 10.5; allowed is a whole number. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a number that is none",
      change: { "functions.webhook.p95Seconds": NaN },
      problems: ["functions.webhook.p95Seconds is NaN; allowed is a number. Set it in environments/production.ts."],
    },
    {
      what: "a text for a choice of days",
      change: { "recovery.daily.coldStorageAfterDays": "never" },
      problems: [
        'recovery.daily.coldStorageAfterDays is "never"; allowed is a number. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a text for true or false",
      change: { "recovery.daily.copyToDr": "yes" },
      problems: ['recovery.daily.copyToDr is "yes"; allowed is true or false. Set it in environments/production.ts.'],
    },
    {
      what: "a text for a list",
      change: { allowedAccountIds: "111122223333" },
      problems: ['allowedAccountIds is "111122223333"; allowed is a list. Set it in environments/production.ts.'],
    },
    {
      what: "a list for an object",
      change: { functions: [] },
      problems: ["functions is []; allowed is an object. Set it in environments/production.ts."],
    },
    {
      what: "null for an optional object",
      change: { ui: null },
      problems: ["ui is null; allowed is an object. Set it in environments/production.ts."],
    },
    {
      what: "an optional object without its host name",
      change: { "ui.domainName": undefined },
      problems: ["ui.domainName is missing; allowed is a host name. Set it in environments/production.ts."],
    },
  ],
  "a text that is not of its form": [
    {
      what: "an organization with a capital",
      change: { organization: "Acme" },
      problems: [
        'organization is "Acme"; allowed is 2 to 20 lower-case letters, digits and hyphens, a letter first. Set it in environments/production.ts.',
      ],
    },
    {
      what: "an environment of one letter",
      change: { environment: "x" },
      problems: [
        'environment is "x"; allowed is 2 to 20 lower-case letters, digits and hyphens, a letter first. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a short account id",
      change: { accountId: "123", allowedAccountIds: ["123"] },
      problems: [
        'accountId is "123"; allowed is 12 digits. Set it in environments/production.ts.',
        'allowedAccountIds[0] is "123"; allowed is 12 digits. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a region in words",
      change: { region: "US East" },
      problems: ['region is "US East"; allowed is a region such as us-east-1. Set it in environments/production.ts.'],
    },
    {
      what: "an empty owner",
      change: { owner: "" },
      problems: ['owner is ""; allowed is a text that is not empty. Set it in environments/production.ts.'],
    },
    {
      what: "a role by its name",
      change: { deployRoleArn: "apply" },
      problems: ['deployRoleArn is "apply"; allowed is the ARN of an IAM role. Set it in environments/production.ts.'],
    },
    {
      what: "a GUID in words",
      change: { "identity.tenantId": "contoso" },
      problems: ['identity.tenantId is "contoso"; allowed is a GUID. Set it in environments/production.ts.'],
    },
    {
      what: "an App by its name",
      change: { "github.appId": "reviewer" },
      problems: ['github.appId is "reviewer"; allowed is the App\'s number. Set it in environments/production.ts.'],
    },
    {
      what: "GitHub over plain http",
      change: { "github.apiBaseUrl": "http://github.example.com" },
      problems: [
        'github.apiBaseUrl is "http://github.example.com"; allowed is an https address, or http on a loopback host. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a runbook address over plain http",
      change: { runbookBaseUrl: "http://wiki.example.com" },
      problems: [
        'runbookBaseUrl is "http://wiki.example.com"; allowed is an https address. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a runbook address that is none",
      change: { runbookBaseUrl: "wiki" },
      problems: ['runbookBaseUrl is "wiki"; allowed is an https address. Set it in environments/production.ts.'],
    },
    {
      what: "a range that is not of /16",
      change: { "network.cidr": "10.0.0.0/20" },
      problems: [
        'network.cidr is "10.0.0.0/20"; allowed is an IPv4 range of /16, such as 10.20.0.0/16. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a range in words",
      change: { "network.cidr": "ten" },
      problems: [
        'network.cidr is "ten"; allowed is an IPv4 range of /16, such as 10.20.0.0/16. Set it in environments/production.ts.',
      ],
    },
    {
      what: "an address for a range",
      change: { "waf.allowedCidrs": ["10.0.0.1"] },
      problems: [
        'waf.allowedCidrs[0] is "10.0.0.1"; allowed is a range such as 192.0.2.0/24 or 2001:db8::/32. Set it in environments/production.ts.',
      ],
    },
    {
      what: "an IPv6 address for a range",
      change: { "waf.githubCidrs": ["192.30.252.0/22", "2606:50c0::"] },
      problems: [
        'waf.githubCidrs[1] is "2606:50c0::"; allowed is a range such as 192.0.2.0/24 or 2001:db8::/32. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a range beyond IPv4",
      change: { "waf.allowedCidrs": ["192.0.2.0/33"] },
      problems: [
        'waf.allowedCidrs[0] is "192.0.2.0/33"; allowed is a range such as 192.0.2.0/24 or 2001:db8::/32. Set it in environments/production.ts.',
      ],
    },
    {
      what: "the whole internet as a range",
      change: { "waf.allowedCidrs": ["0.0.0.0/0", "::/0"] },
      problems: [
        'waf.allowedCidrs[0] is "0.0.0.0/0"; allowed is a range smaller than the internet. Set it in environments/production.ts.',
        'waf.allowedCidrs[1] is "::/0"; allowed is a range smaller than the internet. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a version of rules without its word",
      change: { "waf.groupVersions": { AWSManagedRulesCommonRuleSet: "1.19" } },
      problems: [
        'waf.groupVersions.AWSManagedRulesCommonRuleSet is "1.19"; allowed is a version such as Version_1.19. Set it in environments/production.ts.',
      ],
    },
    {
      what: "an address for the API's host name",
      change: { "api.domainName": "https://api.example.com" },
      problems: [
        'api.domainName is "https://api.example.com"; allowed is a host name. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a certificate of IAM",
      change: { "api.certificateArn": "arn:aws:iam::111122223333:server-certificate/api" },
      problems: [
        'api.certificateArn is "arn:aws:iam::111122223333:server-certificate/api"; allowed is the ARN of an ACM certificate. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a country in full",
      change: { "waf.blockedCountries": ["KP", "Cuba"] },
      problems: [
        'waf.blockedCountries[1] is "Cuba"; allowed is two capital letters. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a schedule in words",
      change: { "recovery.daily.schedule": "daily" },
      problems: [
        'recovery.daily.schedule is "daily"; allowed is cron(...) with six fields. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a schedule of five fields",
      change: { "recovery.weekly.schedule": "cron(0 6 * * SUN)" },
      problems: [
        'recovery.weekly.schedule is "cron(0 6 * * SUN)"; allowed is cron(...) with six fields. Set it in environments/production.ts.',
      ],
    },
    {
      what: "an e-mail address that is none",
      change: { "alerts.cost": ["finance"] },
      problems: ['alerts.cost[0] is "finance"; allowed is an e-mail address. Set it in environments/production.ts.'],
    },
    {
      what: "a host name without a dot",
      change: { "ui.domainName": "reviews" },
      problems: ['ui.domainName is "reviews"; allowed is a host name. Set it in environments/production.ts.'],
    },
    {
      what: "a certificate of another region",
      change: { "ui.certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/x" },
      problems: [
        'ui.certificateArn is "arn:aws:acm:eu-west-1:111122223333:certificate/x"; allowed is a certificate of us-east-1. Set it in environments/production.ts.',
      ],
    },
  ],
  "a number or list outside its bounds": [
    {
      what: "no account at all",
      change: { allowedAccountIds: [] },
      problems: ["allowedAccountIds is []; allowed is a list that is not empty. Set it in environments/production.ts."],
    },
    {
      what: "no burst",
      change: { "limits.default.burst": 0 },
      problems: ["limits.default.burst is 0; allowed is at least 1. Set it in environments/production.ts."],
    },
    {
      what: "a burst beyond API Gateway's",
      change: { "limits.webhook.burst": 5001 },
      problems: ["limits.webhook.burst is 5001; allowed is at most 5000. Set it in environments/production.ts."],
    },
    {
      what: "a rate beyond the account's",
      change: { "limits.default.ratePerSecond": 10001 },
      problems: [
        "limits.default.ratePerSecond is 10001; allowed is at most 10000. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a rate below WAF's least",
      change: { "waf.ratePerIp": 9 },
      problems: ["waf.ratePerIp is 9; allowed is at least 10. Set it in environments/production.ts."],
    },
    {
      what: "a rate beyond WAF's most",
      change: { "waf.ratePerIp": 2000000001 },
      problems: ["waf.ratePerIp is 2000000001; allowed is at most 2000000000. Set it in environments/production.ts."],
    },
    {
      what: "no blocked country",
      change: { "waf.blockedCountries": [] },
      problems: [
        "waf.blockedCountries is []; allowed is a list that is not empty. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a timeout beyond Lambda's",
      change: { "functions.webhook.timeoutSeconds": 901 },
      problems: [
        "functions.webhook.timeoutSeconds is 901; allowed is at most 900. Set it in environments/production.ts.",
      ],
    },
    {
      what: "too little memory",
      change: { "functions.probe.memoryMb": 64 },
      problems: ["functions.probe.memoryMb is 64; allowed is at least 128. Set it in environments/production.ts."],
    },
    {
      what: "too much memory",
      change: { "functions.probe.memoryMb": 20480 },
      problems: ["functions.probe.memoryMb is 20480; allowed is at most 10240. Set it in environments/production.ts."],
    },
    {
      what: "no reserved concurrency",
      change: { "functions.webhook.reservedConcurrency": 0 },
      problems: [
        "functions.webhook.reservedConcurrency is 0; allowed is at least 1. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a negative provisioned concurrency",
      change: { "functions.webhook.provisionedConcurrency": -1 },
      problems: [
        "functions.webhook.provisionedConcurrency is -1; allowed is at least 0. Set it in environments/production.ts.",
      ],
    },
    {
      what: "no duration",
      change: { "functions.webhook.p95Seconds": 0 },
      problems: ["functions.webhook.p95Seconds is 0; allowed is more than 0. Set it in environments/production.ts."],
    },
    {
      what: "an account without concurrency",
      change: { "account.lambdaConcurrency": 100 },
      problems: ["account.lambdaConcurrency is 100; allowed is at least 200. Set it in environments/production.ts."],
    },
    {
      what: "no request a second",
      change: { "account.apiRequestsPerSecond": 0 },
      problems: ["account.apiRequestsPerSecond is 0; allowed is at least 1. Set it in environments/production.ts."],
    },
    {
      what: "no review a day",
      change: { "reviews.maxPerDay": 0 },
      problems: ["reviews.maxPerDay is 0; allowed is at least 1. Set it in environments/production.ts."],
    },
    {
      what: "no model",
      change: { "reviews.modelId": "" },
      problems: ['reviews.modelId is ""; allowed is a text that is not empty. Set it in environments/production.ts.'],
    },
    {
      what: "a target beyond DynamoDB's",
      change: { "tables.billing": { mode: "provisioned", targetPercent: 95 } },
      problems: ["tables.billing.targetPercent is 95; allowed is at most 90. Set it in environments/production.ts."],
    },
    {
      what: "no backup kept",
      change: { "recovery.daily.deleteAfterDays": 0 },
      problems: ["recovery.daily.deleteAfterDays is 0; allowed is at least 1. Set it in environments/production.ts."],
    },
    {
      what: "a retention that CloudWatch refuses",
      change: { "retention.functionLogDays": 31 },
      problems: [
        "retention.functionLogDays is 31; allowed is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Set it in environments/production.ts.",
      ],
    },
    {
      what: "evidence for more than a century",
      change: { "evidence.retentionDays": 36501 },
      problems: ["evidence.retentionDays is 36501; allowed is at most 36500. Set it in environments/production.ts."],
    },
    {
      what: "no budget",
      change: { "cost.monthlyBudgetUsd": 0 },
      problems: ["cost.monthlyBudgetUsd is 0; allowed is at least 1. Set it in environments/production.ts."],
    },
    {
      what: "nobody to tell",
      change: { "alerts.errors": [] },
      problems: ["alerts.errors is []; allowed is a list that is not empty. Set it in environments/production.ts."],
    },
    {
      what: "a bucket name that is too short",
      change: { "backend.bucket": "ab" },
      problems: ['backend.bucket is "ab"; allowed is at least 3 characters. Set it in environments/production.ts.'],
    },
    {
      what: "a bucket name that is too long",
      change: { "backend.bucket": "a".repeat(64) },
      problems: [
        `backend.bucket is "${"a".repeat(64)}"; allowed is at most 63 characters. Set it in environments/production.ts.`,
      ],
    },
  ],
  "a choice that there is not": [
    {
      what: "a tier",
      change: { tier: "prod" },
      problems: [
        'tier is "prod"; allowed is one of "production", "staging", "development". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a data class",
      change: { dataClass: "secret" },
      problems: [
        'dataClass is "secret"; allowed is one of "public", "internal", "confidential". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a number of NAT gateways",
      change: { "network.natGateways": 2 },
      problems: [
        'network.natGateways is 2; allowed is one of "single", "per-zone". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a roll-out",
      change: { "waf.rollout": "block" },
      problems: ['waf.rollout is "block"; allowed is one of "count", "enforce". Set it in environments/production.ts.'],
    },
    {
      what: "a roll-out without an end",
      change: { "waf.rollout": "count" },
      problems: [
        'waf.rollout is "count" but waf.rolloutEnds is missing. Name the last day on which the firewall only counts, such as 2027-06-30; at most 30 days ahead pass the check. Set it in environments/production.ts.',
      ],
    },
    {
      what: "an end that is no day",
      change: { "waf.rollout": "count", "waf.rolloutEnds": "soon" },
      problems: [
        'waf.rolloutEnds is "soon"; allowed is a day such as 2027-06-30. Set it in environments/production.ts.',
      ],
    },
    {
      what: "something to do with anonymous addresses",
      change: { "waf.anonymousIp": "block" },
      problems: [
        'waf.anonymousIp is "block"; allowed is one of "off", "count", "rate". Set it in environments/production.ts.',
      ],
    },
    {
      what: "something to do with deliveries from elsewhere",
      change: { "waf.githubSource": "off" },
      problems: [
        'waf.githubSource is "off"; allowed is one of "count", "block". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a backend",
      change: { backend: { kind: "gcs" } },
      problems: [
        'backend.kind is "gcs"; allowed is one of "local", "s3", "cloud", "remote". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a backend without its kind",
      change: { backend: {} },
      problems: [
        'backend.kind is missing; allowed is one of "local", "s3", "cloud", "remote". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a backend as a text",
      change: { backend: "s3" },
      problems: ['backend is "s3"; allowed is an object. Set it in environments/production.ts.'],
    },
    {
      what: "an identity provider",
      change: { "identity.kind": "cognito" },
      problems: [
        'identity.kind is "cognito"; allowed is one of "entra", "oidc". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a billing mode",
      change: { "tables.billing": { mode: "free" } },
      problems: [
        'tables.billing.mode is "free"; allowed is one of "on-demand", "provisioned". Set it in environments/production.ts.',
      ],
    },
    {
      what: "billing without its mode",
      change: { "tables.billing": { maxReadUnits: 5 } },
      problems: [
        'tables.billing.mode is missing; allowed is one of "on-demand", "provisioned". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a vault lock",
      change: { "recovery.lock": { mode: "none" } },
      problems: [
        'recovery.lock.mode is "none"; allowed is one of "governance", "compliance". Set it in environments/production.ts.',
      ],
    },
    {
      what: "a vault lock without the words that accept it",
      change: { "recovery.lock": { mode: "compliance", changeableForDays: 3 } },
      problems: [
        'recovery.lock.acknowledgement is missing; allowed is "backups cannot be deleted before their retention ends". Set it in environments/production.ts.',
      ],
    },
    {
      what: "evidence that is accepted by true",
      change: { "evidence.acceptIrrevocable": true },
      problems: [
        'evidence.acceptIrrevocable is true; allowed is "objects cannot be deleted for 2557 days". Set it in environments/production.ts.',
      ],
    },
  ],
  "a key that is not known": [
    {
      what: "at the top",
      change: { organisation: "acme" },
      problems: ["organisation is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "in an object",
      change: { "limits.write.rate": 10 },
      problems: ["limits.write.rate is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "two in one object",
      change: { "functions.webhook.timeout": 5, "functions.webhook.memory": 6 },
      problems: [
        "functions.webhook.timeout, functions.webhook.memory are not known keys. Remove or correct them in environments/production.ts.",
      ],
    },
    {
      what: "a function",
      change: { "functions.webhok": {} },
      problems: ["functions.webhok is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "a version for a list of addresses, which has none",
      change: { "waf.groupVersions": { AWSManagedRulesAnonymousIpList: "Version_1.0" } },
      problems: [
        "waf.groupVersions.AWSManagedRulesAnonymousIpList is not a known key. Remove or correct it in environments/production.ts.",
      ],
    },
    {
      what: "a base path of the API's domain",
      change: { "api.basePath": "v1" },
      problems: ["api.basePath is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "of another backend",
      change: { "backend.dynamodbTable": "locks" },
      problems: ["backend.dynamodbTable is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "of another billing mode",
      change: { "tables.billing": { mode: "on-demand", minReadUnits: 5 } },
      problems: ["tables.billing.minReadUnits is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "a third schedule",
      change: { "recovery.monthly": {} },
      problems: ["recovery.monthly is not a known key. Remove or correct it in environments/production.ts."],
    },
    {
      what: "a topic",
      change: { "alerts.pager": ["x@example.com"] },
      problems: ["alerts.pager is not a known key. Remove or correct it in environments/production.ts."],
    },
  ],
  "fields that contradict each other": [
    {
      what: "writes faster than the rest",
      change: { "functions.webhook": { reservedConcurrency: 400 }, "limits.write": { ratePerSecond: 80, burst: 100 } },
      problems: [
        "limits.write.ratePerSecond is 80 but limits.default.ratePerSecond is 50. Writes must not exceed the default. Set it in environments/production.ts.",
      ],
    },
    {
      what: "writes with the larger burst",
      change: { "functions.webhook": { reservedConcurrency: 400 }, "limits.write": { burst: 101 } },
      problems: [
        "limits.write.burst is 101 but limits.default.burst is 100. Writes must not exceed the default. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a default burst under its rate",
      change: { "limits.default": { burst: 50, ratePerSecond: 60 } },
      problems: [
        "limits.default.burst is 50 but limits.default.ratePerSecond is 60. The burst must be at least the rate, or a full second of traffic is refused. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a write burst under its rate",
      change: { "limits.write": { burst: 20 } },
      problems: [
        "limits.write.burst is 20 but limits.write.ratePerSecond is 25. The burst must be at least the rate, or a full second of traffic is refused. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a webhook burst under its rate",
      change: { "limits.webhook": { burst: 40 } },
      problems: [
        "limits.webhook.burst is 40 but limits.webhook.ratePerSecond is 50. The burst must be at least the rate, or a full second of traffic is refused. Set it in environments/production.ts.",
      ],
    },
    {
      what: "more provisioned than reserved",
      change: { "functions.authorizer": { provisionedConcurrency: 151 } },
      problems: [
        "functions.authorizer.provisionedConcurrency is 151 but functions.authorizer.reservedConcurrency is 150. Provisioned concurrency must not exceed what is reserved. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a mean above p95",
      change: { "functions.webhook": { meanSeconds: 1 } },
      problems: [
        "functions.webhook has mean 1, p95 0.1, p99 0.2 and timeout 10 seconds. They must ascend in this order. Set it in environments/production.ts.",
      ],
    },
    {
      what: "p99 above the timeout",
      change: { "functions.probe": { p99Seconds: 31 } },
      problems: [
        "functions.probe has mean 1, p95 2, p99 31 and timeout 30 seconds. They must ascend in this order. Set it in environments/production.ts.",
      ],
    },
    {
      what: "more reserved than the account has",
      change: { "functions.reviewer": { reservedConcurrency: 400 } },
      problems: [
        "functions reserve 994 concurrent executions in all but account.lambdaConcurrency is 1000. Lambda keeps 100 unreserved, so at most 900 can be reserved. Set it in environments/production.ts.",
      ],
    },
    {
      what: "ten executions more for each further kind of secret that rotates",
      change: { "functions.reviewer": { reservedConcurrency: 320 }, "secrets.more": { a: { kind: "generic-random" } } },
      problems: [
        "functions reserve 924 concurrent executions in all but account.lambdaConcurrency is 1000. Lambda keeps 100 unreserved, so at most 900 can be reserved. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a grace that ends before redelivery does",
      change: { "secrets.timing": { previousGraceSeconds: 100_799 } },
      problems: [
        "secrets.timing.previousGraceSeconds is 100799 but secrets.timing.redeliveryLookbackSeconds and longestRotationSeconds are 100800 together. At least 100800 is needed, or a redelivery signed with the former key is refused. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a key that its sender uses before its receivers can know it",
      change: { "secrets.timing": { missCooldownSeconds: 6 } },
      problems: [
        "secrets.timing.settleSeconds is 10 but secrets.timing.missCooldownSeconds is 6 and reads lag up to 5 s. At least 11 is needed, or a receiver may miss the new key. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a secret under a noun that is taken, and two times that contradict each other",
      change: {
        "secrets.more": { "entra-admin": { kind: "manual" }, "github-app": { kind: "manual" } },
        "secrets.timing": { settleSeconds: 9 },
      },
      problems: [
        "secrets.timing.settleSeconds is 9 but secrets.timing.missCooldownSeconds is 5 and reads lag up to 5 s. At least 10 is needed, or a receiver may miss the new key. Set it in environments/production.ts.",
        "secrets.more names entra-admin, github-app, which the platform has itself. The nouns github-webhook, spacelift-webhook, github-app, spacelift-api-key, entra-admin are taken; choose another. Set it in environments/production.ts.",
      ],
    },
    {
      what: "one region for both",
      change: { drRegion: "us-east-1" },
      problems: [
        "drRegion is us-east-1 and so is region. Copies must lie in another region to survive the loss of the first. Set it in environments/production.ts.",
      ],
    },
    {
      what: "an account that is not allowed",
      change: { allowedAccountIds: ["444455556666", "777788889999"] },
      problems: [
        "allowedAccountIds is 444455556666, 777788889999 but accountId is 111122223333. The account of the environment must be among those allowed. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a deploy role of another account",
      change: { deployRoleArn: "arn:aws:iam::444455556666:role/apply" },
      problems: [
        "deployRoleArn is in account 444455556666 but accountId is 111122223333. The role must be in the account of the environment. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a break-glass role of another account",
      change: { breakGlassRoleArn: "arn:aws:iam::444455556666:role/break-glass" },
      problems: [
        "breakGlassRoleArn is in account 444455556666 but accountId is 111122223333. The role must be in the account of the environment. Set it in environments/production.ts.",
      ],
    },
    {
      what: "cold storage shortly before a daily backup goes",
      change: { "recovery.daily": { coldStorageAfterDays: 30 } },
      problems: [
        "recovery.daily.coldStorageAfterDays is 30 but recovery.daily.deleteAfterDays is 90. AWS Backup deletes at least 90 days after the move to cold storage; use null to stay warm. Set it in environments/production.ts.",
      ],
    },
    {
      what: "cold storage shortly before a weekly backup goes",
      change: { "recovery.weekly": { coldStorageAfterDays: 300 } },
      problems: [
        "recovery.weekly.coldStorageAfterDays is 300 but recovery.weekly.deleteAfterDays is 365. AWS Backup deletes at least 90 days after the move to cold storage; use null to stay warm. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a daily backup that the lock refuses",
      change: { "recovery.daily": { deleteAfterDays: 30 } },
      problems: [
        "recovery.daily.deleteAfterDays is 30 but the vault lock admits 35 to 400 days. A job outside fails when it runs. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a weekly backup that the lock refuses",
      change: { "recovery.weekly": { deleteAfterDays: 500 } },
      problems: [
        "recovery.weekly.deleteAfterDays is 500 but the vault lock admits 35 to 400 days. A job outside fails when it runs. Set it in environments/production.ts.",
      ],
    },
    {
      what: "one number that three rules refuse, each with its own reason",
      change: { "recovery.weekly": { deleteAfterDays: 30 } },
      problems: [
        "recovery.weekly.coldStorageAfterDays is 30 but recovery.weekly.deleteAfterDays is 30. AWS Backup deletes at least 90 days after the move to cold storage; use null to stay warm. Set it in environments/production.ts.",
        "recovery.weekly.deleteAfterDays is 30 but the vault lock admits 35 to 400 days. A job outside fails when it runs. Set it in environments/production.ts.",
        "recovery.weekly.deleteAfterDays is 30 but recovery.daily.deleteAfterDays is 90. Weekly backups must be kept at least as long as daily ones. Set it in environments/production.ts.",
      ],
    },
    {
      what: "weekly backups that go before daily ones",
      change: { "recovery.daily": { deleteAfterDays: 200 }, "recovery.weekly": { deleteAfterDays: 180 } },
      problems: [
        "recovery.weekly.deleteAfterDays is 180 but recovery.daily.deleteAfterDays is 200. Weekly backups must be kept at least as long as daily ones. Set it in environments/production.ts.",
      ],
    },
    {
      what: "access logs that go before function logs",
      change: { "retention.functionLogDays": 180 },
      problems: [
        "retention.accessLogDays is 90 but retention.functionLogDays is 180. Access logs must be kept at least as long as function logs, or a fault cannot be traced to its request. Set it in environments/production.ts.",
      ],
    },
    {
      what: "evidence that goes early in production",
      change: { "evidence.retentionDays": 365 },
      problems: [
        "evidence.retentionDays is 365 in the production tier. Evidence must be kept 2557 days there. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a lock for good in staging",
      change: { tier: "staging", "evidence.acceptIrrevocable": "objects cannot be deleted for 2557 days" },
      problems: [
        "evidence.acceptIrrevocable is set in the staging tier. A compliance lock is allowed in the production tier only. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a read minimum above its maximum",
      change: { "tables.billing": { mode: "provisioned", minReadUnits: 2000 } },
      problems: [
        "tables.billing.minReadUnits is 2000 but tables.billing.maxReadUnits is 1000. The minimum must not exceed the maximum. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a write minimum above its maximum",
      change: { "tables.billing": { mode: "provisioned", minWriteUnits: 600 } },
      problems: [
        "tables.billing.minWriteUnits is 600 but tables.billing.maxWriteUnits is 500. The minimum must not exceed the maximum. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a receiver that cannot start what its routes let in",
      change: { "functions.webhook": { reservedConcurrency: 274 } },
      problems: [
        "functions.webhook.reservedConcurrency is 274 but the bursts of its routes can start 275 executions at once. At least 275 must be reserved, or limits.webhook and limits.write lowered: a refused delivery does not come again. Set it in environments/production.ts.",
      ],
    },
    {
      what: "deliveries from elsewhere refused, and nothing said of where they come from",
      change: { "waf.githubSource": "block", "waf.githubCidrs": [] },
      problems: [
        'waf.githubSource is "block" but waf.githubCidrs holds no range. Deliveries would be refused until the first hourly sync, and GitHub does not repeat them: at least the published IPv4 ranges are needed. Set it in environments/production.ts.',
      ],
    },
    {
      what: "deliveries from elsewhere refused, and IPv4 forgotten",
      change: { "waf.githubSource": "block", "waf.githubCidrs": ["2606:50c0::/32"] },
      problems: [
        'waf.githubSource is "block" but waf.githubCidrs holds no IPv4 range. Deliveries would be refused until the first hourly sync, and GitHub does not repeat them: at least the published IPv4 ranges are needed. Set it in environments/production.ts.',
      ],
    },
    {
      what: "a limit per address above what the API lets in altogether",
      change: { "waf.ratePerIp": 15001 },
      problems: [
        "waf.ratePerIp is 15001 but limits.default lets in 50 requests a second, 15000 in the 300 s that the firewall counts. One address could take all of them: at most 15000 is allowed. Set it in environments/production.ts.",
      ],
    },
    {
      what: "more addresses of GitHub's than a security group takes",
      change: {
        "network.egress": "prefix-lists",
        "network.githubCidrs": Array.from({ length: 51 }, (_, index) => `192.0.2.${index}/32`),
      },
      problems: [
        "network.githubCidrs holds 51 ranges. A security group takes 60 rules, a range of a prefix list counts as one, and 10 are kept for GitHub to add: at most 50 ranges fit. Set it in environments/production.ts.",
      ],
    },
    {
      what: "GitHub's addresses for a server of one's own",
      change: { "network.egress": "prefix-lists", "github.apiBaseUrl": "https://github.example.com/api/v3" },
      problems: [
        'network.egress is "prefix-lists" and github.apiBaseUrl is https://github.example.com/api/v3 but network.githubCidrs are the addresses of https://api.github.com. The reviewer would not reach its server: name that one\'s ranges. Set it in environments/production.ts.',
      ],
    },
    {
      what: "addresses of GitHub's that are no network, and one that is half the internet",
      change: { "network.githubCidrs": ["140.82.112.3/20", "128.0.0.0/1", "2606:50c0::/32"] },
      problems: [0, 1, 2].map(
        (index) =>
          `network.githubCidrs[${index}] is "${["140.82.112.3/20", "128.0.0.0/1", "2606:50c0::/32"][index]}"; allowed is an IPv4 network of /8 or smaller, such as 140.82.112.0/20. Set it in environments/production.ts.`,
      ),
    },
    {
      what: "an address of GitHub's twice",
      change: { "network.githubCidrs": ["140.82.112.0/20", "140.82.112.0/20"] },
      problems: [
        "network.githubCidrs is [ '140.82.112.0/20', '140.82.112.0/20' ]; allowed is each range once. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a certificate of the API from another region",
      change: { "api.certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/x" },
      problems: [
        "api.certificateArn is in account 111122223333, eu-west-1 but the environment is in account 111122223333, us-east-1. The API takes a certificate of its own account and region only. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a certificate of the API from another account",
      change: { "api.certificateArn": "arn:aws:acm:us-east-1:444455556666:certificate/x" },
      problems: [
        "api.certificateArn is in account 444455556666, us-east-1 but the environment is in account 111122223333, us-east-1. The API takes a certificate of its own account and region only. Set it in environments/production.ts.",
      ],
    },
    {
      what: "one host for API and UI",
      change: { "api.domainName": "reviews.example.com" },
      problems: [
        "api.domainName is reviews.example.com and so is ui.domainName. A host leads to the API or to the UI: each needs a name of its own. Set it in environments/production.ts.",
      ],
    },
    {
      what: "a secret of another account and region",
      change: {
        existing: [
          {
            kind: "secret",
            arn: "arn:aws:secretsmanager:eu-west-1:444455556666:secret:api-key-a1B2c3",
            mode: "verify",
            harden: [{ with: "rotation" }],
          },
        ],
      },
      problems: [
        "existing[0].arn is in account 444455556666, eu-west-1 but the environment is in account 111122223333, us-east-1. A thing elsewhere needs an environment there. Set it in environments/production.ts.",
      ],
    },
  ],
  "several problems": [
    {
      what: "of all sorts, in one go",
      change: {
        accountId: "123",
        "waf.ratePerIp": 9,
        "waf.rules": [],
        "limits.write": { ratePerSecond: 80, burst: 100 },
        drRegion: "us-east-1",
        runbookBaseUrl: undefined,
      },
      problems: [
        'accountId is "123"; allowed is 12 digits. Set it in environments/production.ts.',
        "waf.ratePerIp is 9; allowed is at least 10. Set it in environments/production.ts.",
        "waf.rules is not a known key. Remove or correct it in environments/production.ts.",
        "runbookBaseUrl is missing; allowed is an https address. Set it in environments/production.ts.",
        "limits.write.ratePerSecond is 80 but limits.default.ratePerSecond is 50. Writes must not exceed the default. Set it in environments/production.ts.",
        "functions.webhook.reservedConcurrency is 275 but the bursts of its routes can start 336 executions at once. At least 336 must be reserved, or limits.webhook and limits.write lowered: a refused delivery does not come again. Set it in environments/production.ts.",
        "drRegion is us-east-1 and so is region. Copies must lie in another region to survive the loss of the first. Set it in environments/production.ts.",
      ],
    },
    {
      what: "but none that follows from another",
      change: { "limits.write": { ratePerSecond: "80" }, drRegion: "here" },
      problems: [
        'drRegion is "here"; allowed is a region such as us-east-1. Set it in environments/production.ts.',
        'limits.write.ratePerSecond is "80"; allowed is a number. Set it in environments/production.ts.',
      ],
    },
  ],
};

type Tree = { [key: string]: unknown };

/** The production environment with a change. */
function changed(change: BadEnvironment["change"]): Tree {
  const environment: Tree = structuredClone(production);
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(".");
    const last = keys.pop() ?? path;
    const parent = keys.reduce<Tree>((tree, key) => {
      tree[key] ??= {};
      return tree[key] as Tree;
    }, environment);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return environment;
}

function problemsOf(environment: unknown): readonly string[] {
  try {
    parseEnvironment(environment, "environments/production.ts");
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

it("the environment that is changed is good itself", () => {
  expect(problemsOf(production)).toEqual([]);
});

describe.each(Object.entries(badEnvironments))("%s", (_, rows) => {
  it.each(rows)("is refused: $what", ({ change, problems }) => {
    expect(problemsOf(changed(change))).toEqual(problems);
  });
});

it("every rule between fields refuses one of these environments", () => {
  const everyFunction = (path: readonly string[]) => path.join(".").replace(/^functions\.[^.]+/, "functions.*");
  const parsed = Object.values(badEnvironments)
    .flat()
    .flatMap(({ change }) => shape.safeParse(changed(change)).data ?? []);

  const broken = crossFieldRules
    .filter((rule) => parsed.some((config) => rule.problem(config) !== undefined))
    .map(({ path }) => everyFunction(path));

  const all = crossFieldRules.map(({ path }) => everyFunction(path));
  expect([...new Set(broken)].sort()).toEqual([...new Set(all)].sort());
});

describe("a value that is no configuration at all", () => {
  it.each([
    [undefined, "the default export is missing; allowed is an object. Set it in environments/production.ts."],
    [null, "the default export is null; allowed is an object. Set it in environments/production.ts."],
    ["production", 'the default export is "production"; allowed is an object. Set it in environments/production.ts.'],
  ])("%j is refused in one sentence", (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  it("is shown as it is written, and cut where it is long", () => {
    const environment = changed({ accountId: 123n, owner: Math.max, costCenter: [], dataClass: "x".repeat(100) });

    expect(problemsOf(environment)).toEqual([
      "accountId is 123n; allowed is 12 digits, as a text. Set it in environments/production.ts.",
      "owner is [Function: max]; allowed is a text. Set it in environments/production.ts.",
      "costCenter is []; allowed is a text. Set it in environments/production.ts.",
      `dataClass is "${"x".repeat(76)}...; allowed is one of "public", "internal", "confidential". Set it in environments/production.ts.`,
    ]);
  });
});
