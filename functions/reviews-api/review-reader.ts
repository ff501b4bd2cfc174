import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Review, type Run, review, run } from "../shared/review";
import { partition, type ReviewSubject, reviewKey, runPrefix } from "../shared/review-key";
import { type Position, startKey } from "./cursor";

/** Reviews as the API reads them. */
export interface ReviewReader {
  /** Newest first. `next` is where to go on; what follows may be nothing. */
  list(repository: string, limit: number, after?: Position): Promise<{ reviews: Review[]; next?: Position }>;
  /** With the newest hundred runs of its commit; their ids sort by time. */
  get(subject: ReviewSubject): Promise<{ review: Review; runs: Run[] } | undefined>;
  /** False where there was none. */
  remove(subject: ReviewSubject): Promise<boolean>;
}

export function reviewReader(client: DynamoDBDocumentClient, table: string): ReviewReader {
  const runsOf = async ({ repository, commit }: ReviewSubject): Promise<Run[]> => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": partition(repository), ":prefix": runPrefix(commit) },
        ScanIndexForward: false,
        Limit: 100,
      }),
    );
    return z.array(run).parse(Items);
  };

  return {
    async list(repository, limit, after) {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: "by-created-at",
          KeyConditionExpression: "repository = :repository",
          ExpressionAttributeValues: { ":repository": repository },
          ScanIndexForward: false,
          Limit: limit,
          ...(after && { ExclusiveStartKey: startKey(repository, after) }),
        }),
      );
      const reviews = z.array(review).parse(Items);
      const last = reviews.at(-1);
      return { reviews, ...(LastEvaluatedKey && last && { next: [last.createdAt, last.pullRequest, last.commit] }) };
    },
    async get(subject) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: reviewKey(subject) }));
      return Item && { review: review.parse(Item), runs: await runsOf(subject) };
    },
    async remove(subject) {
      const condition = { ConditionExpression: "attribute_exists(pk)" };
      try {
        await client.send(new DeleteCommand({ TableName: table, Key: reviewKey(subject), ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
