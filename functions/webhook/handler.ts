import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { promptClient } from "../shared/aws-client";
import { dispatch } from "../shared/dispatch";
import { readEnvironment, wholeNumber } from "../shared/environment";
import type { HttpEvent } from "../shared/http-event";
import { keyRing } from "../shared/key-ring";
import { errorFields, powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import type { HttpAnswer } from "../shared/problem";
import { secretReader } from "../shared/secret-store";
import { deliveryLog } from "./deliveries";
import { receiveDelivery } from "./receive-delivery";
import { reviewQueue } from "./review-queue";
import type { WebhookSource } from "./sources";
import { submitReview } from "./submit-review";

const environment = readEnvironment("webhook", process.env);
const previousGraceSeconds = wholeNumber("PREVIOUS_GRACE_SECONDS", environment.PREVIOUS_GRACE_SECONDS, 0);
const refreshSeconds = wholeNumber("KEY_REFRESH_SECONDS", environment.KEY_REFRESH_SECONDS, 1);
const missCooldownSeconds = wholeNumber("MISS_COOLDOWN_SECONDS", environment.MISS_COOLDOWN_SECONDS, 0);
const { log, correlate } = powertoolsLog();
const secrets = new SecretsManagerClient(promptClient);

const ring = (source: WebhookSource, secretArn: string) =>
  keyRing({
    secret: secretReader(secrets, secretArn),
    previousGraceSeconds,
    refreshSeconds,
    missCooldownSeconds,
    clock: () => Date.now(),
    onRefreshFailure: (error) => log.error("keys-not-read", { source, ...errorFields(error) }),
  });

const dependencies = {
  rings: {
    github: ring("github", environment.GITHUB_WEBHOOK_SECRET_ARN),
    spacelift: ring("spacelift", environment.SPACELIFT_WEBHOOK_SECRET_ARN),
  },
  deliveries: deliveryLog(
    DynamoDBDocumentClient.from(new DynamoDBClient(promptClient)),
    environment.DELIVERIES_TABLE,
    () => Math.floor(Date.now() / 1000),
  ),
  queue: reviewQueue({
    sqs: new SQSClient(promptClient),
    s3: new S3Client(promptClient),
    queueUrl: environment.QUEUE_URL,
    bucket: environment.ARTIFACTS_BUCKET,
  }),
  clock: () => new Date(),
  record: metricsRecorder(),
  log,
};

/** Takes the three routes that carry code: two webhooks and submissions. */
export function handler(event: HttpEvent): Promise<HttpAnswer> {
  correlate(event.requestContext.requestId);
  return dispatch(event, {
    receiveGithubEvent: (request) => receiveDelivery("github", request, dependencies),
    receiveSpaceliftEvent: (request) => receiveDelivery("spacelift", request, dependencies),
    submitReview: (request) => submitReview(request, dependencies),
  });
}
