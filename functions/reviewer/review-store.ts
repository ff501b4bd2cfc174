import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Review, review } from "../shared/review";
import { type ReviewSubject, reviewKey } from "../shared/review-key";
import { assignments } from "./assignments";

/** What a worker may write into a review it holds; a lease of 0 gives it back. */
export interface ReviewChange extends Partial<Omit<Review, "repository" | "pullRequest" | "commit" | "createdAt">> {
  /** `posting` goes in together with the answer: from then on a comment may exist at GitHub. */
  readonly commentState?: "posting" | "posted";
  readonly leaseUntil?: 0;
}

/** A review that this worker holds. */
export interface Hold {
  /** Writes the change; throws where the lease was lost to another worker. */
  update(change: ReviewChange): Promise<void>;
}

export type Claim =
  | { readonly kind: "review"; readonly hold: Hold }
  /** Reviewed, but the comment is not known to be posted. */
  | { readonly kind: "comment"; readonly hold: Hold; readonly stored: Review }
  | { readonly kind: "posted" }
  | { readonly kind: "busy" };

/** Reviews in the `reviews` table, one for each commit of a pull request. */
export interface ReviewStore {
  /** Takes the review until `leaseUntilMs`, if it is not posted and nobody else holds it. */
  claim(subject: ReviewSubject, acceptedAt: string, leaseUntilMs: number): Promise<Claim>;
}

export function reviewStore(client: DynamoDBDocumentClient, table: string, nowMs: () => number): ReviewStore {
  const claimReview = (subject: ReviewSubject, createdAt: string, leaseUntil: number) => {
    const set = assignments({ ...subject, status: "in-progress", leaseUntil });
    return new UpdateCommand({
      TableName: table,
      Key: reviewKey(subject),
      UpdateExpression: `${set.expression}, createdAt = if_not_exists(createdAt, :createdAt) REMOVE reason`,
      ConditionExpression: "attribute_not_exists(pk) OR (attribute_not_exists(commentState) AND leaseUntil <= :now)",
      ExpressionAttributeNames: set.names,
      ExpressionAttributeValues: { ...set.values, ":createdAt": createdAt, ":now": nowMs() },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  };

  const claimComment = (subject: ReviewSubject, leaseUntil: number) =>
    new UpdateCommand({
      TableName: table,
      Key: reviewKey(subject),
      UpdateExpression: "SET leaseUntil = :lease",
      ConditionExpression: "commentState = :posting AND leaseUntil <= :now",
      ExpressionAttributeValues: { ":lease": leaseUntil, ":posting": "posting", ":now": nowMs() },
      ReturnValues: "ALL_NEW",
    });

  const held = (subject: ReviewSubject, leaseUntilMs: number): Hold => ({
    async update(change) {
      const set = assignments(change);
      const command = new UpdateCommand({
        TableName: table,
        Key: reviewKey(subject),
        UpdateExpression: set.expression,
        ConditionExpression: "leaseUntil = :held",
        ExpressionAttributeNames: set.names,
        ExpressionAttributeValues: { ...set.values, ":held": leaseUntilMs },
      });
      await client.send(command);
    },
  });

  return {
    async claim(subject, acceptedAt, leaseUntilMs) {
      const hold = held(subject, leaseUntilMs);
      try {
        await client.send(claimReview(subject, acceptedAt, leaseUntilMs));
        return { kind: "review", hold };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        if (error.Item?.commentState?.S === "posted") return { kind: "posted" };
        if (error.Item?.commentState === undefined) return { kind: "busy" };
      }
      try {
        const { Attributes } = await client.send(claimComment(subject, leaseUntilMs));
        return { kind: "comment", hold, stored: review.parse(Attributes) };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return { kind: "busy" };
        throw error;
      }
    },
  };
}
