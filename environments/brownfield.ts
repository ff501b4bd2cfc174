import type { Environment } from "../src/config/schema";

const onCall = "oncall@example.com";
const key = "arn:aws:kms:us-east-1:777788889999:key/6c0f5f1e-3d0b-4b58-9f4e-2a1c7d9e8b31";

/** The platform beside things that others made: each is attached to, adopted or verified (`docs/adoption.md`). */
export default {
  organization: "acme",
  environment: "brownfield",
  tier: "production",
  accountId: "777788889999",
  allowedAccountIds: ["777788889999"],
  region: "us-east-1",
  drRegion: "us-west-2",
  owner: "platform",
  costCenter: "engineering",
  backend: { kind: "remote", organization: "acme" },
  deployRoleArn: "arn:aws:iam::777788889999:role/apply",
  breakGlassRoleArn: "arn:aws:iam::777788889999:role/break-glass",
  identity: {
    kind: "entra",
    tenantId: "3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11",
    audience: "d9a7e4c6-0b32-4c84-9e5f-7f4b6a8c0db2",
  },
  github: { appId: "123458" },
  alerts: { errors: [onCall], slo: [onCall], security: [onCall], cost: [onCall] },
  runbookBaseUrl: "https://github.com/acme/production-hardening/blob/main",
  secrets: {
    githubWebhook: { kind: "github-org-hook", organization: "acme", hookId: 423587222 },
    more: {
      "orders-client": {
        kind: "entra-client-secret",
        tenantId: "3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11",
        applicationObjectId: "5e0c1d7a-93f4-4c86-a1b8-6d2f0e9b7c35",
        clientId: "e4b86a0f-17c9-4d52-b6e3-08f5d9a2c714",
        adminClientId: "71f9d2c3-8b40-4e6a-9c15-d3a6b8e0f942",
        schedule: { expression: "cron(0 2 ? * SUN#1 *)", duration: "3h" },
        maxAgeDays: 36,
        readerRoleArns: ["arn:aws:iam::777788889999:role/orders"],
      },
      "session-pepper": { kind: "generic-random", length: 48 },
    },
  },
  existing: [
    // Attached: settings beside the thing. Destroying them leaves it as it is.
    {
      kind: "rest-api",
      id: "a1b2c3d4e5",
      name: "orders",
      stage: "prod",
      mode: "attach",
      harden: [
        { with: "throttling", burst: 200, ratePerSecond: 100, replaces: true },
        { with: "web-acl", replaces: true },
      ],
    },
    {
      kind: "function",
      name: "send-receipts",
      timeoutSeconds: 60,
      mode: "attach",
      harden: [
        {
          with: "async-failures",
          destinationArn: "arn:aws:sqs:us-east-1:777788889999:send-receipts-failures",
          retries: 1,
          replaces: true,
        },
        { with: "recursion-guard" },
      ],
    },
    {
      kind: "table",
      name: "orders",
      mode: "attach",
      harden: [{ with: "backup" }, { with: "contributor-insights" }, { with: "autoscaling", maxWriteUnits: 200 }],
    },
    {
      kind: "bucket",
      name: "acme-invoices",
      mode: "attach",
      harden: [
        { with: "versioning" },
        { with: "encryption", kmsKeyArn: key },
        { with: "public-access-block" },
        { with: "ownership" },
      ],
    },
    {
      kind: "secret",
      arn: "arn:aws:secretsmanager:us-east-1:777788889999:secret:partners/orders-key-x7Y8z9",
      mode: "attach",
      harden: [
        {
          with: "rotation",
          strategy: { kind: "apigw-key", usagePlanId: "p1a2n3", canaryUrl: "https://orders.example.com/health" },
          kmsKeyArn: key,
          replaces: true,
        },
      ],
    },
    // Adopted: imported, then ours. The first plan says "to import", and changes what is listed here.
    {
      kind: "table",
      name: "customers",
      mode: "adopt",
      harden: [
        { with: "point-in-time-recovery" },
        { with: "deletion-protection" },
        { with: "encryption", kmsKeyArn: key },
      ],
    },
    {
      kind: "log-group",
      name: "/aws/lambda/send-receipts",
      mode: "adopt",
      harden: [
        { with: "retention", days: 90 },
        { with: "encryption", kmsKeyArn: key },
      ],
    },
    // Verified: read at every plan, which stops where a promise does not hold.
    {
      kind: "function",
      name: "charge-card",
      timeoutSeconds: 20,
      reservedConcurrency: 50,
      mode: "verify",
      harden: [
        { with: "reserved-concurrency" },
        { with: "timeout" },
        { with: "dead-letter-target", targetArn: "arn:aws:sqs:us-east-1:777788889999:charge-card-failures" },
      ],
    },
    {
      kind: "secret",
      arn: "arn:aws:secretsmanager:us-east-1:777788889999:secret:payments/api-key-a1B2c3",
      mode: "verify",
      harden: [{ with: "rotation" }],
    },
  ],
  ui: {
    domainName: "reviews.example.org",
    certificateArn: "arn:aws:acm:us-east-1:777788889999:certificate/c41f8a2b-93d7-4e60-8b15-7f0a6d2e9c38",
  },
  // What the policy finds at things of others, accepted for a time by those who answer for them.
  suppressions: [
    {
      path: "service/existing/rest-api-*/throttling",
      id: "API-04",
      reason: "The shop's team sets logging and metrics of its stage itself; only the throttles are ours here.",
      owner: "shop",
      expires: "2027-11-20",
    },
    {
      path: "data/existing/table-customers/table",
      id: "DDB-03",
      reason: "The table keeps the capacity that its owners provisioned; they move it to on-demand next year.",
      owner: "customers",
      expires: "2027-11-20",
    },
    {
      path: "data/existing/table-customers/table",
      id: "CKV2_AWS_16",
      reason: "As DDB-03: provisioned by its owners, who move it to on-demand next year.",
      owner: "customers",
      expires: "2027-11-20",
    },
    {
      path: "service/existing/rest-api-*/throttling",
      id: "CKV_AWS_225",
      reason: "Whether answers of the shop's API may be cached, the shop's team decides; only the throttles are ours.",
      owner: "shop",
      expires: "2027-11-20",
    },
  ],
} satisfies Environment;
