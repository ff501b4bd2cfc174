import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Bindings, holds, type Item, updated } from "./expressions";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "./fake-aws";

type Input = Readonly<Record<string, unknown>>;

/** A table with keys `pk` and `sk` and the index `by-created-at`, in memory, behind a real SDK client. */
export class FakeTable {
  readonly items = new Map<string, Item>();
  readonly operations: string[] = [];
  /** Set to answer an operation with a fault; called before it takes effect, or after it where it says `after`. */
  faultOn: (operation: string, input: Input) => WireAnswer | { readonly after: WireAnswer } | undefined = () =>
    undefined;

  readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient(answeredBy((request) => this.answer(request))));

  answer(request: WireRequest): WireAnswer {
    const operation = operationOf(request);
    const input = jsonBody(request);
    this.operations.push(operation);
    const injected = this.faultOn(operation, input);
    if (injected && "status" in injected) return injected;
    const answer = this.#answer(operation, input);
    return injected ? injected.after : answer;
  }

  /** The item's attributes as plain values; numbers are numbers. */
  item(pk: string, sk: string): Record<string, unknown> | undefined {
    const item = this.items.get(keyText(pk, sk));
    return item && Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, plain(attribute)]));
  }

  #answer(operation: string, input: Input): WireAnswer {
    switch (operation) {
      case "GetItem":
        return ok({ Item: this.items.get(keyOf(input.Key)) });
      case "PutItem":
        return this.#write(keyOf(input.Item), input, () => input.Item as Item);
      case "DeleteItem":
        return this.#write(keyOf(input.Key), input, () => undefined);
      case "UpdateItem":
        return this.#write(keyOf(input.Key), input, (old) =>
          updated(String(input.UpdateExpression), old ?? (input.Key as Item), bindings(input)),
        );
      case "TransactWriteItems":
        return this.#transact(input.TransactItems as { Put: Input }[]);
      case "Query":
        return this.#query(input);
      default:
        throw new Error(`The fake table does not know ${operation}.`);
    }
  }

  #write(key: string, input: Input, next: (old: Item | undefined) => Item | undefined): WireAnswer {
    const old = this.items.get(key);
    if (!this.#condition(old, input)) {
      const Item = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" ? old : undefined;
      return fault("ConditionalCheckFailedException", { Item });
    }
    const item = next(old);
    if (item) this.items.set(key, item);
    else this.items.delete(key);
    return ok({ Attributes: input.ReturnValues === "ALL_NEW" ? item : undefined });
  }

  #transact(writes: { Put: Input }[]): WireAnswer {
    const reasons = writes.map(({ Put }) => {
      const old = this.items.get(keyOf(Put.Item));
      return this.#condition(old, Put) ? { Code: "None" } : { Code: "ConditionalCheckFailed", Item: old };
    });
    if (reasons.some(({ Code }) => Code !== "None")) {
      return fault("TransactionCanceledException", { CancellationReasons: reasons });
    }
    for (const { Put } of writes) this.items.set(keyOf(Put.Item), Put.Item as Item);
    return ok();
  }

  #query(input: Input): WireAnswer {
    const sortKey = input.IndexName === "by-created-at" ? "createdAt" : "sk";
    const found = [...this.items.values()]
      .filter((item) => item[sortKey] && holds(String(input.KeyConditionExpression), item, bindings(input)))
      .sort((a, b) => order(a, sortKey).localeCompare(order(b, sortKey)));
    const sorted = input.ScanIndexForward === false ? found.reverse() : found;
    const start = input.ExclusiveStartKey as Item | undefined;
    const from = start ? sorted.findIndex((item) => keyOf(item) === keyOf(start)) + 1 : 0;
    const page = sorted.slice(from, from + Number(input.Limit));
    const last = page.at(-1);
    const more = last && from + page.length < sorted.length;
    return ok({ Items: page, LastEvaluatedKey: more ? { pk: last.pk, sk: last.sk } : undefined });
  }

  #condition(item: Item | undefined, input: Input): boolean {
    return !input.ConditionExpression || holds(String(input.ConditionExpression), item, bindings(input));
  }
}

function bindings(input: Input): Bindings {
  return {
    names: (input.ExpressionAttributeNames ?? {}) as Bindings["names"],
    values: (input.ExpressionAttributeValues ?? {}) as Bindings["values"],
  };
}

function keyOf(item: unknown): string {
  const { pk, sk } = item as Item;
  return keyText(String(pk?.S), String(sk?.S));
}

function keyText(pk: string, sk: string): string {
  return `${pk}\n${sk}`;
}

function order(item: Item, sortKey: string): string {
  return `${item[sortKey]?.S} ${item.sk?.S}`;
}

function plain(attribute: Item[string]): unknown {
  return attribute.N === undefined ? (attribute.S ?? attribute.BOOL ?? attribute.L) : Number(attribute.N);
}
