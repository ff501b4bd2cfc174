import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { patientClient } from "../shared/aws-client";
import { secretValue } from "../shared/envelope";
import { readEnvironment, wholeNumber } from "../shared/environment";
import { githubApi } from "../shared/github";
import { appToken } from "../shared/github-app";
import { githubHook } from "../shared/github-hook";
import { hookToken } from "../shared/github-installation";
import { errorFields, powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { once } from "../shared/once";
import { currentSecretString } from "../shared/secret-store";
import { readHookTarget } from "./hook-target";
import { redeliverMissed } from "./redeliver";

const environment = readEnvironment("redeliver-webhooks", process.env);
const hook = readHookTarget(environment.HOOK);
const lookbackSeconds = wholeNumber("LOOKBACK_SECONDS", environment.LOOKBACK_SECONDS, 1);
const { log, correlate } = powertoolsLog();
const record = metricsRecorder();
const secrets = new SecretsManagerClient(patientClient);
const api = githubApi(environment.GITHUB_API_BASE_URL);

const appJwt = appToken({
  appId: environment.GITHUB_APP_ID,
  privateKey: async () => {
    const secretString = await currentSecretString(secrets, environment.GITHUB_APP_SECRET_ARN);
    return secretString && secretValue(secretString);
  },
  clock: () => new Date(),
});

/** GitHub takes no redelivery after three days ("Redelivering webhooks"). */
const longestLookbackSeconds = 3 * 86_400;
if (lookbackSeconds > longestLookbackSeconds) {
  throw new Error(`LOOKBACK_SECONDS is ${lookbackSeconds}. It must be at most ${longestLookbackSeconds}.`);
}

/** Looks every five minutes for deliveries that GitHub could not make. */
export async function handler(_event: unknown, invocation: { readonly awsRequestId: string }): Promise<void> {
  correlate(invocation.awsRequestId);
  // A token for one run: the next comes when it has ended, or nearly.
  const token = once(() => (hook.kind === "github-app-hook" ? appJwt() : hookToken({ api, appJwt, hook })));
  try {
    await redeliverMissed(new Date(), { hook: githubHook({ hook, api, token }), lookbackSeconds, record, log });
  } catch (error) {
    log.error("redelivery-run-failed", errorFields(error));
    throw error;
  }
}
