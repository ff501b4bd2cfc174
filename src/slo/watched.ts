import type { Names } from "../config/names";
import type { ApiRef, FunctionRef, TableRef } from "../config/refs";
import type { Config } from "../config/schema";
import type { RunbookId } from "./alarm-row";

/** What metrics of an API carry; its id is AWS's invention and not needed. */
export type ApiMetrics = Pick<ApiRef, "name" | "stage">;

export interface WatchedApi {
  /** Ends the keys of its alarms. @default - bare keys, for the platform's own API */
  readonly id?: string;
  readonly ref: ApiMetrics;
}

export interface WatchedFunction {
  /** Ends the keys of its alarms. */
  readonly id: string;
  readonly ref: Pick<FunctionRef, "name" | "timeoutSeconds">;
  /** Busy: twenty calls a minute or more at any hour. Quiet is the safe answer: it alarms on fewer calls, later. */
  readonly traffic: "busy" | "quiet";
  /** Opened first for errors. @default "RB-06" */
  readonly errorsRunbook?: RunbookId;
}

export interface WatchedTable {
  /** Ends the keys of its alarms. */
  readonly id: string;
  readonly ref: Pick<TableRef, "name">;
}

/** Everything that gets alarms and widgets, whether this project owns it or only watches it. */
export interface Watched {
  readonly apis: readonly WatchedApi[];
  readonly functions: readonly WatchedFunction[];
  readonly tables: readonly WatchedTable[];
  /** Physical names. */
  readonly queue: { readonly name: string; readonly deadLetterName: string };
}

const functions: Record<keyof Config["functions"], Pick<WatchedFunction, "traffic" | "errorsRunbook">> = {
  webhook: { traffic: "quiet" },
  authorizer: { traffic: "busy", errorsRunbook: "RB-15" },
  "reviews-api": { traffic: "busy" },
  reviewer: { traffic: "quiet" },
  probe: { traffic: "quiet" },
};

/** The platform's own API, functions, tables and queue, by their names alone: no other stack needs to exist. */
export function platform(config: Config, names: Names): Watched {
  const ids = Object.keys(functions) as (keyof typeof functions)[];
  return {
    apis: [{ ref: { name: names.name("rest-api", "api"), stage: "live" } }],
    functions: ids.map((id) => ({
      id,
      ref: { name: names.name("lambda-function", id), timeoutSeconds: config.functions[id].timeoutSeconds },
      ...functions[id],
    })),
    tables: ["reviews", "deliveries"].map((id) => ({ id, ref: { name: names.name("dynamodb-table", id) } })),
    queue: { name: names.name("sqs-queue", "reviews"), deadLetterName: names.name("sqs-queue", "reviews-dlq") },
  };
}
