import type { Environment } from "../src/config/schema";

const team = "platform@example.com";

/** Like production but outside us-east-1, with scaled tables, both webhooks' keys rotated and evidence that can be deleted the next day. */
export default {
  organization: "acme",
  environment: "staging",
  tier: "staging",
  accountId: "444455556666",
  allowedAccountIds: ["444455556666"],
  region: "eu-central-1",
  drRegion: "eu-west-1",
  owner: "platform",
  costCenter: "engineering",
  backend: { kind: "cloud", organization: "acme", project: "reviews" },
  deployRoleArn: "arn:aws:iam::444455556666:role/apply",
  breakGlassRoleArn: "arn:aws:iam::444455556666:role/break-glass",
  identity: {
    kind: "entra",
    tenantId: "3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11",
    audience: "c8f6d3b5-9a21-4b73-8d4e-6e3a5f7b9ca1",
  },
  github: { appId: "123457" },
  network: { natGateways: "per-zone" },
  secrets: {
    githubWebhook: { kind: "github-repo-hook", repository: "acme/reviews", hookId: 423587111 },
    spaceliftWebhook: {
      kind: "spacelift-named-webhook",
      endpoint: "https://acme.app.spacelift.io/graphql",
      webhookId: "reviews-staging",
      apiKeyId: "rotation",
    },
  },
  tables: { billing: { mode: "provisioned" } },
  evidence: { retentionDays: 1 },
  alerts: { errors: [team], slo: [team], security: [team], cost: [team] },
  runbookBaseUrl: "https://github.com/acme/production-hardening/blob/main",
  api: {
    domainName: "api.staging.reviews.example.com",
    certificateArn: "arn:aws:acm:eu-central-1:444455556666:certificate/8e4b2f6c-1a3d-47c9-b5e0-9d2c7f8a6b31",
  },
  ui: {
    domainName: "staging.reviews.example.com",
    certificateArn: "arn:aws:acm:us-east-1:444455556666:certificate/5c2e7d91-6b0f-4f3a-a1d8-3e9b7c4f2a60",
  },
} satisfies Environment;
