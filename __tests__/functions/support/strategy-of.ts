import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { RotationStrategy } from "../../../functions/rotate-secret/ports";
import type { RegistryEntry } from "../../../functions/rotate-secret/registry";
import { type StrategyClients, strategyOf } from "../../../functions/rotate-secret/strategies/of-kind";
import { githubApi } from "../../../functions/shared/github";
import { FakeApiKeys } from "./fake-api-keys";
import { FakePacing } from "./fake-pacing";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const appKey = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

export const targets = {
  "github-repo-hook": { repository: "example/platform", hookId: 9 },
  "github-org-hook": { organization: "example", hookId: 9 },
  "github-app-hook": {},
  "spacelift-named-webhook": {
    endpoint: "https://example.app.spacelift.io/graphql",
    webhookId: "hook-1",
    apiKeyId: "key-1",
  },
  "apigw-key": { usagePlanId: "plan-1", canaryUrl: "https://api.example.com/canary" },
  "generic-random": { length: 32, alphabet: "0123456789abcdef" },
  "entra-client-secret": {
    tenantId: "tenant-1",
    applicationObjectId: "object-1",
    clientId: "client-1",
    adminClientId: "admin-1",
  },
} as const satisfies { [K in RegistryEntry["kind"]]: Extract<RegistryEntry, { kind: K }>["target"] };

/** The strategy of a kind as the function builds it, over fakes. */
export function strategyWith(
  entry: RegistryEntry,
  clients: Partial<StrategyClients> & { readonly fetcher: typeof fetch },
): { readonly strategy: RotationStrategy; readonly pacing: FakePacing } {
  const pacing = new FakePacing();
  const strategy = strategyOf(entry, {
    pacing,
    randomBytes,
    github: { api: githubApi("https://github.test", clients.fetcher), appId: "12" },
    credential: async () => (entry.kind.startsWith("github") ? appKey : "canary-credential"),
    apiKeys: () => new FakeApiKeys().client,
    ...clients,
  });
  return { strategy, pacing };
}
