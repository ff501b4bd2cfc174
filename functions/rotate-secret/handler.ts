import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { rotationClient } from "../shared/aws-client";
import { secretValue } from "../shared/envelope";
import { readEnvironment, wholeNumber } from "../shared/environment";
import { githubApi } from "../shared/github";
import { powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { currentSecretString } from "../shared/secret-store";
import type { Pacing } from "./ports";
import { readRegistry } from "./registry";
import { rotatingSecret } from "./rotating-secret";
import { type RunAnswer, runEvent } from "./run-event";
import { apiKeys } from "./strategies/api-keys";
import { strategyOf } from "./strategies/of-kind";
import { SenderError } from "./strategies/sender-error";

const environment = readEnvironment("rotate-secret", process.env);
const entries = readRegistry(environment.REGISTRY);
const settleSeconds = wholeNumber("SETTLE_SECONDS", environment.SETTLE_SECONDS, 0);
const minIntervalSeconds = wholeNumber("MIN_INTERVAL_SECONDS", environment.MIN_INTERVAL_SECONDS, 0);
const { log, correlate } = powertoolsLog();
const record = metricsRecorder();
const secrets = new SecretsManagerClient(rotationClient);
const gateway = new APIGatewayClient(rotationClient);

/** GitHub's API is given less time here than a review gives it. */
const githubTimeoutMs = 3_000;
const api = githubApi(environment.GITHUB_API_BASE_URL, (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(githubTimeoutMs) }),
);

async function credential(secretArn: string): Promise<string> {
  const secretString = await currentSecretString(secrets, secretArn);
  if (!secretString) throw new SenderError("no-credential", "Nobody has put the credential into its secret yet.");
  return secretValue(secretString);
}

interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Carries out a step of a rotation for Secrets Manager, or a repair or an adoption for the auditor. */
export function handler(event: unknown, invocation: Invocation): Promise<RunAnswer> {
  correlate(invocation.awsRequestId);
  const pacing: Pacing = {
    now: Date.now,
    sleep: async (milliseconds) => {
      await setTimeout(milliseconds);
    },
    remainingMs: () => invocation.getRemainingTimeInMillis(),
  };
  return runEvent(event, {
    entries,
    rotatingSecret: (secretArn) => rotatingSecret(secrets, secretArn),
    strategy: (entry) =>
      strategyOf(entry, {
        pacing,
        randomBytes,
        fetcher: fetch,
        github: { api, appId: environment.GITHUB_APP_ID },
        credential,
        apiKeys: (usagePlanId) => apiKeys(gateway, usagePlanId),
      }),
    pacing,
    settleSeconds,
    minIntervalSeconds,
    record,
    log,
  });
}
