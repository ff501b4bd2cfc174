import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Run } from "../shared/review";
import { runKey } from "../shared/review-key";
import type { RunEvent } from "../shared/spacelift-event";

/** Keeps the newest state of a run; an event that comes late changes nothing. */
export type RunStore = (event: RunEvent) => Promise<void>;

/** A run is shown with its review; many commits never get one, so runs do not stay for ever. */
const keptSeconds = 400 * 86_400;

/** Runs in the `reviews` table, beside the reviews of their repository. */
export function runStore(client: DynamoDBDocumentClient, table: string): RunStore {
  return async (event) => {
    const { runId, type, state, stateVersion, timestamp } = event;
    const updatedAt = new Date(timestamp * 1000).toISOString();
    const run: Run = { runId, stackId: event.stack.id, type, state, stateVersion, updatedAt };
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...runKey(event), ...run, expiresAt: timestamp + keptSeconds },
          ConditionExpression: "attribute_not_exists(pk) OR stateVersion < :stateVersion",
          ExpressionAttributeValues: { ":stateVersion": stateVersion },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
}
