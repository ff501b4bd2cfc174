import { setTimeout } from "node:timers/promises";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { patientClient } from "../shared/aws-client";
import { entraApplication, graphToken } from "../shared/entra-application";
import { secretValue } from "../shared/envelope";
import { readEnvironment, wholeNumber } from "../shared/environment";
import { errorFields, powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { once } from "../shared/once";
import { secretMetadata } from "../shared/secret-metadata";
import { currentSecretString } from "../shared/secret-store";
import { apiGatewayKeys } from "./api-keys";
import type { PasswordSecret } from "./ports";
import { readRegistry } from "./registry";
import { sweep } from "./sweep";

const environment = readEnvironment("credential-sweeper", process.env);
const registry = readRegistry(environment.REGISTRY);
const graceSeconds = wholeNumber("PREVIOUS_GRACE_SECONDS", environment.PREVIOUS_GRACE_SECONDS, 0);
const { log, correlate } = powertoolsLog();
const secrets = new SecretsManagerClient(patientClient);

/** Twice what a read of Secrets Manager may lag behind a write. */
const labelsPauseMs = 10_000;

const application = async ({ target, credentialSecretArn }: PasswordSecret) => {
  const { tenantId, applicationObjectId, adminClientId: clientId } = target;
  const token = once(async () => {
    const secretString = await currentSecretString(secrets, credentialSecretArn);
    if (!secretString) throw new Error("The secret of the client that manages applications holds no value yet.");
    return graphToken({ tenantId, clientId, clientSecret: secretValue(secretString) });
  });
  return entraApplication({ applicationObjectId, token });
};

const ports = {
  metadata: (secretArn: string) => secretMetadata(secrets, secretArn),
  apiKeys: apiGatewayKeys(new APIGatewayClient(patientClient)),
  application,
  pause: async () => {
    await setTimeout(labelsPauseMs);
  },
  record: metricsRecorder(),
  log,
};

/** Retires former keys, every day. */
export async function handler(_event: unknown, invocation: { readonly awsRequestId: string }): Promise<void> {
  correlate(invocation.awsRequestId);
  try {
    await sweep(registry, { now: new Date(), graceSeconds }, ports);
  } catch (error) {
    log.error("sweep-run-failed", errorFields(error));
    throw error;
  }
}
