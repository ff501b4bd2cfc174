import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { patientClient } from "../shared/aws-client";
import { readEnvironment } from "../shared/environment";
import { errorFields, powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { audit } from "./audit";
import { awsPorts } from "./aws-ports";
import { readRegistry } from "./registry";

const environment = readEnvironment("rotation-auditor", process.env);
const registry = readRegistry(environment.REGISTRY);
const { log, correlate } = powertoolsLog();

/** With twenty rotations, and what comes before them, well under the function's minute. */
const rotationPaceMs = 1_000;

/** One attempt, for the rotator may poll its sender; what it has not done when time is up it does without us. */
const rotatorClient = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 25_000, throwOnRequestTimeout: true },
} as const;

const ports = {
  ...awsPorts({
    secrets: new SecretsManagerClient(patientClient),
    lambda: new LambdaClient(rotatorClient),
    table: DynamoDBDocumentClient.from(new DynamoDBClient(patientClient)),
    deliveriesTable: environment.DELIVERIES_TABLE,
  }),
  pause: async () => {
    await setTimeout(rotationPaceMs);
  },
  record: metricsRecorder(),
  log,
};

const Event = z.object({ mode: z.enum(["rotate", "check"]) });

/** Audits the secrets: `check` every hour, `rotate` as the second trigger beside each secret's own schedule. */
export async function handler(event: unknown, invocation: { readonly awsRequestId: string }): Promise<void> {
  correlate(invocation.awsRequestId);
  const parsed = Event.safeParse(event);
  if (!parsed.success) throw new Error('The event is {"mode": "rotate"} or {"mode": "check"}; this one is neither.');
  try {
    await audit(parsed.data.mode, registry, new Date(), ports);
  } catch (error) {
    log.error("audit-failed", errorFields(error));
    throw error;
  }
}
