import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";

/** Takes one review out of the day's number; false where none is left. */
export type DailyLimit = () => Promise<boolean>;

const keptSeconds = 7 * 86_400;

/** Counter of the UTC day in the `reviews` table.
 *
 * The condition and the addition are one write, so workers that run side by side do not exceed the number. It counts
 * calls of the model, because these cost money: a review that is tried again counts again.
 */
export function dailyLimit(
  client: DynamoDBDocumentClient,
  table: string,
  maxPerDay: number,
  clock: () => Date,
): DailyLimit {
  return async () => {
    const now = clock();
    const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: `DAY#${now.toISOString().slice(0, 10)}`, sk: "#" },
          UpdateExpression: "SET expiresAt = :expiresAt ADD reviews :one",
          ConditionExpression: "attribute_not_exists(reviews) OR reviews < :max",
          ExpressionAttributeValues: { ":expiresAt": expiresAt, ":one": 1, ":max": maxPerDay },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
}
