import { entraApplication, graphToken } from "../../shared/entra-application";
import type { GithubApi } from "../../shared/github";
import { type AppToken, appToken } from "../../shared/github-app";
import { githubHook, type HookTarget } from "../../shared/github-hook";
import { hookToken } from "../../shared/github-installation";
import { once } from "../../shared/once";
import { spacelift } from "../../shared/spacelift";
import type { Pacing, RotationStrategy } from "../ports";
import type { RegistryEntry } from "../registry";
import type { ApiKeys } from "./api-keys";
import { apigwKey } from "./apigw-key";
import { entraClientSecret } from "./entra-client-secret";
import { genericRandom } from "./generic-random";
import { githubAppHook } from "./github-app-hook";
import { githubHookStrategy } from "./github-hook";
import type { RandomBytes } from "./random-text";
import { spaceliftNamedWebhook } from "./spacelift-named-webhook";

/** What strategies reach the world with. */
export interface StrategyClients {
  readonly pacing: Pacing;
  readonly randomBytes: RandomBytes;
  readonly fetcher: typeof fetch;
  readonly github: { readonly api: GithubApi; readonly appId: string };
  /** Value of the secret that holds a credential; throws where nobody has put one. */
  readonly credential: (secretArn: string) => Promise<string>;
  readonly apiKeys: (usagePlanId: string) => ApiKeys;
}

/** The strategy of a registry entry, over clients that are made for it alone. */
export function strategyOf(entry: RegistryEntry, clients: StrategyClients): RotationStrategy {
  const { pacing, randomBytes, fetcher } = clients;
  switch (entry.kind) {
    case "github-app-hook": {
      const hook: HookTarget = { kind: entry.kind };
      const token = once(appJwt(entry, clients));
      return githubAppHook({ hook: githubHook({ hook, api: clients.github.api, token }), pacing, randomBytes });
    }
    case "github-repo-hook":
      return installedHook(entry, { kind: entry.kind, ...entry.target }, clients);
    case "github-org-hook":
      return installedHook(entry, { kind: entry.kind, ...entry.target }, clients);
    case "spacelift-named-webhook": {
      const { webhookId, ...account } = entry.target;
      const apiKeySecret = () => clients.credential(entry.credentialSecretArn);
      const api = spacelift({ ...account, apiKeySecret, fetcher });
      return spaceliftNamedWebhook({ spacelift: api, webhookId, pacing, randomBytes });
    }
    case "apigw-key": {
      const { usagePlanId, canaryUrl } = entry.target;
      const keys = clients.apiKeys(usagePlanId);
      return apigwKey({ secretName: entry.name, keys, canaryUrl, fetcher, pacing, randomBytes });
    }
    case "generic-random":
      return genericRandom({ ...entry.target, randomBytes });
    case "entra-client-secret": {
      const { tenantId, applicationObjectId, clientId, adminClientId } = entry.target;
      const token = once(async () => {
        const clientSecret = await clients.credential(entry.credentialSecretArn);
        return graphToken({ tenantId, clientId: adminClientId, clientSecret }, fetcher);
      });
      const requestToken = (clientSecret: string) => graphToken({ tenantId, clientId, clientSecret }, fetcher);
      const application = entraApplication({ applicationObjectId, token, fetcher });
      return entraClientSecret({ application, requestToken, maxAgeDays: entry.maxAgeDays, pacing });
    }
  }
}

type WithCredential = Pick<Extract<RegistryEntry, { credentialSecretArn: string }>, "credentialSecretArn">;

function appJwt({ credentialSecretArn }: WithCredential, { github, credential, pacing }: StrategyClients): AppToken {
  const privateKey = () => credential(credentialSecretArn);
  return appToken({ appId: github.appId, privateKey, clock: () => new Date(pacing.now()) });
}

function installedHook(
  entry: WithCredential,
  hook: Exclude<HookTarget, { kind: "github-app-hook" }>,
  clients: StrategyClients,
): RotationStrategy {
  const { pacing, randomBytes, github } = clients;
  const token = once(() => hookToken({ api: github.api, appJwt: appJwt(entry, clients), hook }));
  return githubHookStrategy({ hook: githubHook({ hook, api: github.api, token }), pacing, randomBytes });
}
