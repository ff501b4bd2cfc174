import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { modelClient } from "../shared/aws-client";
import { readEnvironment } from "../shared/environment";
import { powertoolsLog } from "../shared/log";
import { metricsRecorder } from "../shared/metrics";
import { checks } from "./checks";
import { probe, readTargets } from "./probe";

const environment = readEnvironment("probe", process.env);
const { log, correlate } = powertoolsLog();
const record = metricsRecorder();

/** A probe says what one call finds: no second attempt hides a fault. */
const singleAttempt = { maxAttempts: 1 };

/** Under the function's 30 s. */
const timeoutMs = 10_000;

const every = checks({
  dynamodb: new DynamoDBClient(singleAttempt),
  s3: new S3Client(singleAttempt),
  bedrock: new BedrockRuntimeClient({ ...modelClient, ...singleAttempt }),
  fetcher: fetch,
  table: environment.REVIEWS_TABLE,
  bucket: environment.ARTIFACTS_BUCKET,
  modelId: environment.MODEL_ID,
  githubApiBaseUrl: environment.GITHUB_API_BASE_URL,
  jwksUrl: environment.TOKEN_JWKS_URL,
});
const asked = Object.fromEntries(readTargets(environment.PROBED_TARGETS).map((target) => [target, every[target]]));

/** Tells every minute what the private network still reaches. */
export async function handler(_event: unknown, invocation: { readonly awsRequestId: string }): Promise<void> {
  correlate(invocation.awsRequestId);
  await probe(asked, timeoutMs, record, log);
}
