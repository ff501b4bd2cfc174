import { randomBytes } from "node:crypto";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { modelClient, patientClient } from "../shared/aws-client";
import { secretValue } from "../shared/envelope";
import { readEnvironment, wholeNumber } from "../shared/environment";
import { githubApi } from "../shared/github";
import { installationTokens } from "../shared/github-app";
import { powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { currentSecretString } from "../shared/secret-store";
import { type BatchAnswer, consume, type QueueEvent } from "./consume";
import { dailyLimit } from "./daily-limit";
import { bedrockModel } from "./model";
import { githubPullRequest } from "./pull-request";
import { type ReviewRequest, readMessage } from "./read-message";
import { reviewPullRequest } from "./review-pull-request";
import { reviewStore } from "./review-store";
import { runStore } from "./run-store";

const environment = readEnvironment("reviewer", process.env);
const { GITHUB_APP_ID: appId, REVIEWS_TABLE: reviewsTable } = environment;
const maxPerDay = wholeNumber("REVIEWS_MAX_PER_DAY", environment.REVIEWS_MAX_PER_DAY, 1);
const { log, correlate } = powertoolsLog();
const table = DynamoDBDocumentClient.from(new DynamoDBClient(patientClient));
const s3 = new S3Client(patientClient);
const secrets = new SecretsManagerClient(patientClient);
const api = githubApi(environment.GITHUB_API_BASE_URL);

const installationToken = installationTokens({
  api,
  appId,
  privateKey: async () => {
    const secretString = await currentSecretString(secrets, environment.GITHUB_APP_SECRET_ARN);
    return secretString && secretValue(secretString);
  },
  clock: () => new Date(),
});

const dependencies = {
  pullRequest: async ({ repository, pullRequest, installationId }: ReviewRequest) => {
    const token = await installationToken(repository, installationId);
    return githubPullRequest({ api, token, appId, repository, pullRequest });
  },
  store: reviewStore(table, reviewsTable, Date.now),
  model: bedrockModel(new BedrockRuntimeClient(modelClient), environment.MODEL_ID, () =>
    randomBytes(16).toString("hex"),
  ),
  takeDailyReview: dailyLimit(table, reviewsTable, maxPerDay, () => new Date()),
  nowMs: Date.now,
  record: metricsRecorder(),
};

const storeRun = runStore(table, reviewsTable);

interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Reviews the pull requests in the queue and keeps the Spacelift runs. */
export function handler(event: QueueEvent, invocation: Invocation): Promise<BatchAnswer> {
  correlate(invocation.awsRequestId);
  const leaseUntilMs = Date.now() + invocation.getRemainingTimeInMillis();
  const work = async (body: string): Promise<string> => {
    const message = await readMessage(body, s3, environment.ARTIFACTS_BUCKET);
    if ("review" in message) return reviewPullRequest(message.review, { ...dependencies, leaseUntilMs });
    await storeRun(message.run);
    return "run-stored";
  };
  return consume(event, work, log);
}
