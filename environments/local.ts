import type { Environment } from "../src/config/schema";
import { loopbackUrl, ports } from "../src/local/ports";

const nobody = "nobody@example.com";

/** What `npm run local` deploys: the same stacks, with stand-ins on loopback for the token issuer and GitHub. */
export default {
  organization: "acme",
  environment: "local",
  tier: "development",
  accountId: "000000000000",
  allowedAccountIds: ["000000000000"],
  region: "us-east-1",
  drRegion: "us-east-2",
  owner: "platform",
  costCenter: "engineering",
  backend: { kind: "local" },
  deployRoleArn: "arn:aws:iam::000000000000:role/apply",
  breakGlassRoleArn: "arn:aws:iam::000000000000:role/break-glass",
  identity: {
    kind: "oidc",
    issuer: loopbackUrl(ports.issuer),
    jwksUrl: `${loopbackUrl(ports.issuer)}/jwks`,
    audience: "review-platform",
  },
  github: { apiBaseUrl: loopbackUrl(ports.github), appId: "1" },
  // A rotation can be watched from end to end: what takes hours elsewhere takes seconds here. A failed delivery waits
  // two minutes before it is asked for again, so the look-back, and with it the grace, cannot be shorter.
  secrets: {
    timing: {
      settleSeconds: 6,
      missCooldownSeconds: 1,
      keyRefreshSeconds: 30,
      minIntervalSeconds: 1,
      previousGraceSeconds: 170,
      redeliveryLookbackSeconds: 150,
      longestRotationSeconds: 20,
    },
  },
  evidence: { retentionDays: 1 },
  alerts: { errors: [nobody], slo: [nobody], security: [nobody], cost: [nobody] },
  runbookBaseUrl: "https://github.com/acme/production-hardening/blob/main",
  ui: {
    domainName: "reviews.example.net",
    certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/1a9d3c57-2e84-4b6f-90c1-d5f7e8a2b463",
  },
} satisfies Environment;
