/** Every number the product stands on, once, with its reason. An environment file may override what the schema names. */

/** Requests a second and bucket size; the burst is spent before the steady rate applies. */
export const throttles = {
  /** Above the busiest minute expected of a team of 200, far below the account's 10,000 a second. */
  default: { burst: 100, ratePerSecond: 50 },
  /** Writes cost a model call or a table write each, so they get half. */
  write: { burst: 50, ratePerSecond: 25 },
  /** GitHub sends bursts on a push to many branches; one route each, so one sender cannot starve the other. */
  webhook: { burst: 100, ratePerSecond: 50 },
} as const;

/** Quotas of a new account, until AWS raises them (Service Quotas: Lambda L-B99A9384, API Gateway L-8A5B8E43). */
export const accountQuotas = {
  lambdaConcurrency: 1000,
  /** Lambda refuses to reserve the last 100. */
  unreservedConcurrencyFloor: 100,
  apiRequestsPerSecond: 10_000,
} as const;

/** Sizes, limits and expected durations; durations in seconds feed the throttle check, `reserved` is concurrency. */
export const functions = {
  /** 275 carries a full burst on all of its three routes at once, every call at p99: 110 + 110 + 55. */
  webhook: { timeoutSeconds: 10, memoryMb: 512, p95Seconds: 0.1, reservedConcurrency: 275 },
  /** Every call under /api passes here; answers are cached for five minutes. */
  authorizer: { timeoutSeconds: 5, memoryMb: 256, p95Seconds: 0.05, reservedConcurrency: 150 },
  /** 29 s is the integration limit of a REST API. */
  "reviews-api": { timeoutSeconds: 29, memoryMb: 512, p95Seconds: 0.15, reservedConcurrency: 150 },
  /** 20 at once stays under the model's default request quota. */
  reviewer: { timeoutSeconds: 900, memoryMb: 1024, p95Seconds: 30, reservedConcurrency: 20 },
  /** One run a minute, and one spare. */
  probe: { timeoutSeconds: 30, memoryMb: 256, p95Seconds: 2, reservedConcurrency: 2 },
  /** Two reads, two writes a second apart, and one download; two runs at once would fight over the sets. */
  "sync-github-ips": { timeoutSeconds: 30, memoryMb: 256, p95Seconds: 5, reservedConcurrency: 1 },
  /** One function a kind of secret, ten for each: Secrets Manager starts many rotations in the same minute. */
  "rotate-secret": { timeoutSeconds: 60, memoryMb: 256, p95Seconds: 15, reservedConcurrency: 10 },
  /** A run every hour, every day, every five minutes, and one spare each. */
  "rotation-auditor": { timeoutSeconds: 60, memoryMb: 256, p95Seconds: 10, reservedConcurrency: 2 },
  "credential-sweeper": { timeoutSeconds: 60, memoryMb: 256, p95Seconds: 10, reservedConcurrency: 2 },
  "redeliver-webhooks": { timeoutSeconds: 60, memoryMb: 256, p95Seconds: 10, reservedConcurrency: 2 },
} as const;

/** Ratio to p95 where nothing was measured: half of it on average, twice at p99. */
export const durationShape = { meanOfP95: 0.5, p99OfP95: 2 } as const;

export const reviews = {
  /** A runaway sender costs at most this many model calls a day. */
  maxPerDay: 500,
  modelId: "anthropic.claude-3-5-haiku-20241022-v1:0",
  /** AWS asks for six times the function's timeout. */
  visibilityTimeoutFactor: 6,
  maxReceiveCount: 5,
  /** The longest SQS keeps a message: two weeks to look at a failure. */
  deadLetterRetentionDays: 14,
  /** A review, and its runs, stay for a year. */
  retentionDays: 365,
  /** A review takes half a minute: in a batch of ten, the last would wait for five. */
  messagesPerInvocation: 1,
  /** What SQS gives by default; far under the dead-letter queue's, whose clock starts with the message's first send. */
  queueRetentionDays: 4,
} as const;

/** A token that is withdrawn still opens the API this long; every call until then costs no authorizer run. */
export const authorizer = { resultTtlSeconds: 300 } as const;

/** The probe's run that could not start in its minute says nothing any more. */
export const probe = { schedule: "rate(1 minute)", maxEventAgeSeconds: 60, retryAttempts: 0 } as const;

/** GitHub asks to look at its addresses regularly; what one hour misses, the next one makes up for. */
export const githubSync = { schedule: "rate(1 hour)", maxEventAgeSeconds: 3600, retryAttempts: 0 } as const;

export const secrets = {
  /** 30 days as the brief asks; well under the 90 that scanners accept. */
  rotationDays: 30,
  /** A month and a day, so that the auditor does not rotate a day before the schedule does; by hand, once a quarter. */
  maxAgeDays: 32,
  manualMaxAgeDays: 90,
  rotationWindow: "2h",
  /** Long enough to notice a deletion, the most that AWS allows. */
  recoveryWindowDays: 30,
  timing: {
    /** Every receiver has read the new key, or may refresh again, before the sender uses it: cooldown and read lag. */
    settleSeconds: 10,
    /** One refresh in this time, however many forged deliveries come in. */
    missCooldownSeconds: 5,
    keyRefreshSeconds: 300,
    /** The key before the last must be out of use before the next comes. */
    minIntervalSeconds: 24 * 3600,
    /** Redelivery looks back 24 h, a rotation takes up to 4 h; the former key stays valid for both, and two hours more. */
    previousGraceSeconds: 30 * 3600,
    /** GitHub keeps deliveries for three days; what one day did not bring in needs a person. */
    redeliveryLookbackSeconds: 24 * 3600,
    /** A window of two hours, and as long again for repetitions. */
    longestRotationSeconds: 4 * 3600,
  },
  readLagSeconds: 5,
  /** 32 of 62 characters are 190 bits. */
  random: { length: 32, alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" },
} as const;

/** Schedules of what looks after secrets; a run that could not start is made up for by the next. */
export const secretJobs = {
  /** The brief's 30 days, as a second trigger beside each secret's own schedule. */
  auditorRotate: { schedule: "rate(30 days)", maxEventAgeSeconds: 3600, retryAttempts: 2 },
  auditorCheck: { schedule: "rate(1 hour)", maxEventAgeSeconds: 3600, retryAttempts: 2 },
  sweeper: { schedule: "rate(1 day)", maxEventAgeSeconds: 3600, retryAttempts: 0 },
  redelivery: { schedule: "rate(5 minutes)", maxEventAgeSeconds: 300, retryAttempts: 0 },
} as const;

export const recovery = {
  rtoHours: 4,
  rpoHours: 1,
  /** The longest window DynamoDB offers. */
  pointInTimeDays: 35,
  daily: { schedule: "cron(0 5 * * ? *)", deleteAfterDays: 90 },
  /** Cold after 30 days saves two thirds of the storage; cold storage is billed for at least 90 days. */
  weekly: { schedule: "cron(0 6 ? * SUN *)", coldStorageAfterDays: 30, deleteAfterDays: 365 },
  /** AWS Backup asks for at least 60 minutes to start. */
  startWindowMinutes: 60,
  completionWindowMinutes: 240,
  /** Below every rule's retention and above it, so that no job is refused when it runs. */
  lock: { minRetentionDays: 35, maxRetentionDays: 400 },
  /** AWS: deletion follows a move to cold storage by at least 90 days. */
  coldStorageMinimumDays: 90,
  /** The longest window KMS offers, to notice a deletion. */
  keyDeletionDays: 30,
  /** The one value that S3 offers for Replication Time Control. */
  replicationMinutes: 15,
} as const;

/** Objectives over 30 days. */
export const objectives = {
  windowDays: 30,
  availabilityPercent: 99.9,
  latencyMs: { p50: 200, p95: 500, p99: 1000 },
  errorPercent: 0.1,
  reviewMinutes: { p50: 2, p95: 5, p99: 10 },
  integrityPercent: 100,
} as const;

/** Days; each value is one that CloudWatch Logs accepts. */
export const retention = {
  functionLogDays: 30,
  accessLogDays: 90,
  wafLogDays: 90,
  flowLogDays: 30,
  /** Old versions of artifacts and of the UI. */
  noncurrentVersionDays: 30,
  abortUploadDays: 7,
  accessLogObjectDays: 400,
  infrequentAccessAfterDays: 30,
  /** API Gateway's own log holds errors only, and its name holds an id of AWS's, so no archive subscribes to it. */
  executionLogDays: 365,
} as const;

export const evidence = {
  /** Seven years with their leap days. */
  retentionDays: 2557,
  /** The archive outlives its last lock by a month, so that no expiry meets a lock. */
  expiryMarginDays: 30,
  deepArchiveAfterDays: 90,
  cadences: ["daily", "weekly", "monthly", "quarterly"],
  /** The least Athena accepts is 10 MB; ten gigabytes is about five US cents a query. */
  athenaScanLimitBytes: 10 * 1024 ** 3,
  /** What was asked once can be asked again. */
  queryResultDays: 30,
  /** Calls of the last year can be searched at once; older ones lie in the archive. */
  trailLogDays: 365,
  /** A quarter: what the quarterly report does not use is asked about; the access review calls it dormant, too. */
  unusedAccessDays: 90,
  logDelivery: {
    /** The most that Firehose takes: fewer and larger files, and 15 minutes are soon enough for an archive. */
    bufferSeconds: 900,
    bufferMegabytes: 128,
    /** Four times the buffer; the remaining 23 hours are there to mend what holds it up. */
    lateAfterSeconds: 3600,
    /** What the delivery itself logs cannot go the same way. */
    errorLogDays: 365,
  },
} as const;

/** USD a month in us-east-1. */
export const cost = {
  claimUsd: {
    vpc: 50,
    lambda: 20,
    api: 10,
    dynamodb: 25,
    cloudfront: 10,
    s3: 5,
    cloudwatch: 15,
    waf: 5,
  },
  /** One NAT gateway instead of one per zone. */
  singleNatSavingUsd: 32,
  /** 140 with a quarter on top, rounded up to the next ten. */
  monthlyBudgetUsd: 180,
  budgetActualPercents: [50, 80, 100],
  budgetForecastPercent: 100,
  anomaly: { absoluteUsd: 20, percent: 40 },
} as const;

/** Requests per IP address in a window of 300 s; the lower limit is for writes. */
export const waf = {
  rateWindowSeconds: 300,
  ratePerIp: 2000,
  writeRatePerIp: 500,
  uiRatePerIp: 2000,
  /** Countries under comprehensive United States sanctions. */
  blockedCountries: ["KP", "IR", "SY", "CU"],
  /** Requests per token in the window, whatever addresses it comes from: ten a second. */
  ratePerToken: 3000,
  /** Where GitHub's deliveries come from: `hooks` of https://api.github.com/meta, as of 2026; a function keeps them. */
  githubCidrs: [
    "192.30.252.0/22",
    "185.199.108.0/22",
    "140.82.112.0/20",
    "143.55.64.0/20",
    "2a0a:a440::/29",
    "2606:50c0::/32",
  ],
  /** Requests per address of a VPN, proxy or Tor node, where `waf.anonymousIp` is `rate`. */
  anonymousRatePerIp: 200,
} as const;

/** Maxima of on-demand tables: requests a second that a runaway caller can spend at most. */
export const tables = {
  maxReadUnits: 1000,
  maxWriteUnits: 500,
  provisioned: { minReadUnits: 5, maxReadUnits: 1000, minWriteUnits: 5, maxWriteUnits: 500, targetPercent: 70 },
  /** Out quickly, in slowly. */
  scaleOutCooldownSeconds: 60,
  scaleInCooldownSeconds: 300,
} as const;

export const github = {
  apiBaseUrl: "https://api.github.com",
} as const;

export const network = {
  cidr: "10.20.0.0/16",
  zoneCount: 2,
  minTlsVersion: "1.2",
  /** Two years, as the preload lists of browsers ask for. */
  strictTransportSeconds: 2 * 365 * 24 * 3600,
  /** Where GitHub's API answers: the IPv4 ranges in `api` of https://api.github.com/meta, as of 2026; a function keeps them. */
  githubCidrs: [
    "192.30.252.0/22",
    "185.199.108.0/22",
    "140.82.112.0/20",
    "143.55.64.0/20",
    "20.201.28.148/32",
    "20.205.243.168/32",
    "20.87.245.6/32",
    "4.237.22.34/32",
    "4.228.31.149/32",
    "20.207.73.85/32",
    "20.27.177.116/32",
    "20.200.245.245/32",
    "20.175.192.149/32",
    "20.233.83.146/32",
    "20.29.134.17/32",
    "20.199.39.228/32",
    "20.217.135.0/32",
    "4.225.11.201/32",
    "4.208.26.200/32",
    "20.26.156.210/32",
    "172.182.252.137/32",
    "4.249.131.166/32",
    "48.202.248.39/32",
    "48.204.201.2/32",
  ],
  /** Entries that GitHub may add before a deploy is needed: the size of a prefix list counts against its group's rules. */
  spareListEntries: 10,
  /** Rules of a security group and direction, an entry of a prefix list each: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
  maxGroupRules: 60,
} as const;

/** Thresholds of alarms; datapoints are in the rows themselves. */
export const alarms = {
  api5xxPercent: 5,
  api4xxPercent: 25,
  functionErrorPercent: 5,
  /** Share of the timeout that p95 may use. */
  durationShareOfTimeout: 0.8,
  queueAgeSeconds: 240,
  /** Signatures refused in five minutes: a scanner sends one or two, a sender with another key sends all of its own. */
  signaturesInvalid: 10,
  /** Spacelift switches a webhook off after ten failures in a row, and only a person switches it on again. */
  spaceliftFailures: 3,
  /** Days that a fixed version of AWS's rules still has; then AWS moves the group to another one by itself. */
  groupExpiryDays: 30,
} as const;

/** What `@cdktf/provider-aws` 21.22 was generated from, and so what the JSON requires. */
export const provider = { version: "6.25.0" } as const;
