import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import {
  InvalidRequestException,
  RotateSecretCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { secretMetadata } from "../shared/secret-metadata";
import type { AuditPorts } from "./audit";

interface AwsClients {
  readonly secrets: SecretsManagerClient;
  /** Must not repeat a request: the rotator may still be at work on it. */
  readonly lambda: LambdaClient;
  readonly table: DynamoDBDocumentClient;
  readonly deliveriesTable: string;
}

type AwsPorts = Pick<AuditPorts, "metadata" | "keySeen" | "rotate" | "invoke">;

/** What the webhook's receiver keeps of each sender; `at` in epoch seconds. */
const KeyItem = z.object({ versionId: z.string(), at: z.number() });

/** What an audit asks of AWS. It reads no secret's value. */
export function awsPorts({ secrets, lambda, table, deliveriesTable }: AwsClients): AwsPorts {
  return {
    metadata: (secretArn) => secretMetadata(secrets, secretArn),
    async keySeen(source) {
      const { Item } = await table.send(
        new GetCommand({ TableName: deliveriesTable, Key: { pk: `K#${source}`, sk: "#" } }),
      );
      if (Item === undefined) return undefined;
      const { versionId, at } = KeyItem.parse(Item);
      return { versionId, at: new Date(at * 1000) };
    },
    async rotate(secretArn, token) {
      const input = { SecretId: secretArn, ClientRequestToken: token, RotateImmediately: true };
      try {
        await secrets.send(new RotateSecretCommand(input));
        return "started";
      } catch (error) {
        if (isPreviousUnfinished(error)) return "in-progress";
        throw error;
      }
    },
    async invoke(rotatorName, request) {
      const Payload = JSON.stringify(request);
      const { FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: rotatorName, InvocationType: "RequestResponse", Payload }),
      );
      return FunctionError === undefined ? "done" : "refused";
    },
  };
}

/** Secrets Manager has one name for many refusals; only its text tells this one. */
function isPreviousUnfinished(error: unknown): boolean {
  return error instanceof InvalidRequestException && /previous rotation isn.t complete/i.test(error.message);
}
