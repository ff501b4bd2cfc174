import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { WebhookSource } from "./sources";

/** One attempt to process a delivery; the GUID is unsigned, so the body counts as well. */
export interface Delivery {
  readonly source: WebhookSource;
  readonly guid?: string;
  readonly bodySha256: string;
}

/** Remembers which deliveries are queued, so that each is queued once whatever the sender repeats. */
export interface DeliveryLog {
  /** Takes the delivery for this attempt, unless it is done or another attempt holds it. */
  begin(delivery: Delivery): Promise<"begun" | "done" | "in-progress">;
  finish(delivery: Delivery): Promise<void>;
  /** Gives the delivery back, so that the sender's next attempt need not wait for the lease. */
  abandon(delivery: Delivery): Promise<void>;
  /** Keeps the version that signed last, at most hourly where it stays the same; the rotation's audit reads it. */
  keySeen(source: WebhookSource, versionId: string): Promise<void>;
}

/** An attempt that has crashed holds its delivery this long. */
const leaseSeconds = 60;
const hourSeconds = 3600;
const daySeconds = 86_400;
/** GitHub redelivers for three days; a replay of the body is dropped for longer than a key lives. */
const keptSeconds = { guid: 4 * daySeconds, body: 35 * daySeconds };

type Mark = { readonly status: "IN_PROGRESS"; readonly leaseUntil: number } | { readonly status: "DONE" };

/** Delivery log in the `deliveries` table; `now` gives epoch seconds. */
export function deliveryLog(client: DynamoDBDocumentClient, table: string, now: () => number): DeliveryLog {
  const lastSeen = new Map<WebhookSource, { versionId: string; at: number }>();

  const items = ({ source, guid, bodySha256 }: Delivery, mark: Mark) => [
    ...(guid ? [{ pk: `D#${source}#${guid}`, sk: "#", ...mark, expiresAt: now() + keptSeconds.guid }] : []),
    { pk: `B#${source}#${bodySha256}`, sk: "#", ...mark, expiresAt: now() + keptSeconds.body },
  ];

  const write = (delivery: Delivery, mark: Mark, condition: object = {}) => {
    const puts = items(delivery, mark).map((Item) => ({ Put: { TableName: table, Item, ...condition } }));
    return client.send(new TransactWriteCommand({ TransactItems: puts }));
  };

  const free = () => ({
    ConditionExpression: "attribute_not_exists(pk) OR (#status = :inProgress AND leaseUntil <= :now)",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":inProgress": "IN_PROGRESS", ":now": now() },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });

  return {
    async begin(delivery) {
      try {
        await write(delivery, { status: "IN_PROGRESS", leaseUntil: now() + leaseSeconds }, free());
        return "begun";
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const done = error.CancellationReasons?.some(({ Item }) => Item?.status?.S === "DONE");
        return done ? "done" : "in-progress";
      }
    },
    async finish(delivery) {
      await write(delivery, { status: "DONE" });
    },
    async abandon(delivery) {
      await write(delivery, { status: "IN_PROGRESS", leaseUntil: now() });
    },
    async keySeen(source, versionId) {
      const last = lastSeen.get(source);
      if (last?.versionId === versionId && now() - last.at < hourSeconds) return;
      const Item = { pk: `K#${source}`, sk: "#", versionId, at: now() };
      await client.send(new PutCommand({ TableName: table, Item }));
      lastSeen.set(source, { versionId, at: now() });
    },
  };
}
