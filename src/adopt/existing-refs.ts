import type { ExistingThing } from "../config/existing";
import type { Names } from "../config/names";
import type { ApiRef, FunctionRef, TableRef } from "../config/refs";
import { arns } from "./addresses";

export interface ExistingRefs {
  readonly apis: readonly ApiRef[];
  readonly functions: readonly FunctionRef[];
  readonly tables: readonly TableRef[];
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
  return {
    apis: existing.flatMap((thing) =>
      thing.kind === "rest-api" ? [{ restApiId: thing.id, name: thing.name, stage: thing.stage }] : [],
    ),
    functions: existing.flatMap((thing) =>
      thing.kind === "function"
        ? [
            {
              name: thing.name,
              arn: arns.function(thing.name, identity),
              timeoutSeconds: thing.timeoutSeconds,
              reservedConcurrency: thing.reservedConcurrency ?? account.lambdaConcurrency,
            },
          ]
        : [],
    ),
    tables: existing.flatMap((thing) =>
      thing.kind === "table" ? [{ name: thing.name, arn: arns.table(thing.name, identity) }] : [],
    ),
  };
}
