import type { ExistingThing } from "../config/existing";
import type { Names } from "../config/names";
import type { ApiRef, FunctionRef, TableRef } from "../config/refs";
import { arns, terraformName } from "./addresses";

/** A thing that alarms watch, and how their keys end. */
interface Watched<Ref> {
  readonly id: string;
  readonly ref: Ref;
}

export interface ExistingRefs {
  readonly apis: readonly Watched<ApiRef>[];
  readonly functions: readonly Watched<FunctionRef>[];
  readonly tables: readonly Watched<TableRef>[];
}

interface Settings {
  readonly existing: readonly ExistingThing[];
  readonly account: { readonly lambdaConcurrency: number };
}

/** What alarms need to know of things of others, whatever their mode.
 *
 * A function that reserves nothing may use all of the account's concurrency.
 */
export function existingRefs({ existing, account }: Settings, { identity }: Names): ExistingRefs {
  const id = (name: string) => `existing-${terraformName(name)}`;
  return {
    apis: existing.flatMap((thing) =>
      thing.kind === "rest-api"
        ? [
            {
              id: id(`${thing.name}-${thing.stage}`),
              ref: { restApiId: thing.id, name: thing.name, stage: thing.stage },
            },
          ]
        : [],
    ),
    functions: existing.flatMap((thing) =>
      thing.kind === "function"
        ? [
            {
              id: id(thing.name),
              ref: {
                name: thing.name,
                arn: arns.function(thing.name, identity),
                timeoutSeconds: thing.timeoutSeconds,
                reservedConcurrency: thing.reservedConcurrency ?? account.lambdaConcurrency,
              },
            },
          ]
        : [],
    ),
    tables: existing.flatMap((thing) =>
      thing.kind === "table"
        ? [{ id: id(thing.name), ref: { name: thing.name, arn: arns.table(thing.name, identity) } }]
        : [],
    ),
  };
}
