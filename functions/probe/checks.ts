import { type BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Check, Target } from "./probe";

export interface CheckProps {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly bedrock: BedrockRuntimeClient;
  readonly fetcher: typeof fetch;
  readonly table: string;
  readonly bucket: string;
  readonly modelId: string;
  readonly githubApiBaseUrl: string;
  readonly jwksUrl: string;
}

/** One real call to each target.
 *
 * Bedrock is asked for one token, 43,200 calls in 30 days: about 0.60 USD a month with Claude Haiku 4.5 at 1 and 5 USD
 * a million tokens in and out. It is the one call that proves endpoint, policy, permission and model access together.
 */
export function checks(props: CheckProps): Readonly<Record<Target, Check>> {
  const { dynamodb, s3, bedrock, fetcher, table, bucket, modelId, githubApiBaseUrl, jwksUrl } = props;
  return {
    async dynamodb(abortSignal) {
      const Key = { pk: { S: "HEARTBEAT#probe" }, sk: { S: "#" } };
      await dynamodb.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }), { abortSignal });
    },
    async s3(abortSignal) {
      await s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal });
    },
    async bedrock(abortSignal) {
      const messages = [{ role: "user" as const, content: [{ text: "ping" }] }];
      await bedrock.send(new ConverseCommand({ modelId, messages, inferenceConfig: { maxTokens: 1 } }), {
        abortSignal,
      });
    },
    // Without a token GitHub allows an address 60 calls an hour. A refusal is an answer too, so only a 5xx is a fault.
    async egress(signal) {
      const { status, body } = await fetcher(githubApiBaseUrl, { signal });
      await body?.cancel();
      if (status >= 500) throw new Error(`GitHub answered ${status}.`);
    },
    async entra(signal) {
      const response = await fetcher(jwksUrl, { signal });
      const keySet: unknown = await response.json();
      const keys = typeof keySet === "object" && keySet !== null && "keys" in keySet ? keySet.keys : undefined;
      if (!response.ok || !Array.isArray(keys) || keys.length === 0) throw new Error("The key set holds no keys.");
    },
  };
}
