import type { Environment } from "../src/config/schema";

const onCall = "oncall@example.com";

/** Everything that is not written here comes from `src/config/defaults.ts`. */
export default {
  organization: "acme",
  environment: "production",
  tier: "production",
  accountId: "111122223333",
  allowedAccountIds: ["111122223333"],
  region: "us-east-1",
  drRegion: "us-east-2",
  owner: "platform",
  costCenter: "engineering",
  backend: { kind: "s3", bucket: "acme-terraform-state", region: "us-east-1", kmsKeyId: "alias/terraform-state" },
  deployRoleArn: "arn:aws:iam::111122223333:role/apply",
  breakGlassRoleArn: "arn:aws:iam::111122223333:role/break-glass",
  identity: {
    kind: "entra",
    tenantId: "3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11",
    audience: "b7e5c2a4-8f10-4a62-9c3d-5d2f4e6a8b90",
  },
  github: { appId: "123456" },
  functions: { authorizer: { provisionedConcurrency: 2 } },
  alerts: {
    errors: [onCall],
    slo: [onCall],
    security: [onCall, "security@example.com"],
    cost: ["finance@example.com"],
  },
  runbookBaseUrl: "https://github.com/acme/production-hardening/blob/v0.1.0",
  api: {
    domainName: "api.reviews.example.com",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/2d7e9c4a-5b1f-4e0d-8c3b-6a9f1e2d4b70",
  },
  ui: {
    domainName: "reviews.example.com",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0f5b1c1e-7d0a-4a53-9f0e-3f1f6d3a9c21",
  },
} satisfies Environment;
