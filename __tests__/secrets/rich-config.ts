import production from "../../environments/production";
import { parseEnvironment } from "../../src/config/load";
import type { Config, Environment } from "../../src/config/schema";

const guid = (digit: number) => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`;
export const partnerArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:partners/Key-a1B2c3";

/** A secret of every kind, one that others made among them. */
export const everyKind = {
  githubWebhook: { kind: "github-repo-hook", repository: "acme/reviews", hookId: 7 },
  spaceliftWebhook: {
    kind: "spacelift-named-webhook",
    endpoint: "https://acme.app.spacelift.io/graphql",
    webhookId: "hook",
    apiKeyId: "key",
  },
  more: {
    "orders-client": {
      kind: "entra-client-secret",
      tenantId: guid(1),
      applicationObjectId: guid(2),
      clientId: guid(3),
      adminClientId: guid(4),
      readerRoleArns: ["arn:aws:iam::111122223333:role/orders"],
    },
    pepper: { kind: "generic-random", length: 48 },
    "old-key": { kind: "manual", maxAgeDays: 200 },
  },
} satisfies Environment["secrets"];

export const partner = {
  kind: "secret",
  arn: partnerArn,
  mode: "attach",
  harden: [
    {
      with: "rotation",
      strategy: { kind: "apigw-key", usagePlanId: "p1a2n3", canaryUrl: "https://partner.example.com/health" },
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/partner",
      replaces: true,
    },
  ],
} satisfies NonNullable<Environment["existing"]>[number];

/** The production environment with these secrets. */
export const configWithSecrets = (
  secrets: Environment["secrets"] = everyKind,
  existing: Environment["existing"] = [partner],
): Config => parseEnvironment({ ...production, secrets, existing }, "environments/production.ts");
