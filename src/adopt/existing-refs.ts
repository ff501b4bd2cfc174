import { type Existing, type ExistingThing, identityOf } from "../config/existing";
import type { Names } from "../config/names";
import type { ApiRef, FunctionRef, SecretRef, TableRef } from "../config/refs";
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
  readonly rotations: readonly ExistingRotation[];
}

/** A secret of others that is to rotate. */
export interface ExistingRotation extends SecretRef {
  readonly kmsKeyArn?: string;
  readonly strategy: NonNullable<Extract<Existing<"secret">["harden"][number], { with: "rotation" }>["strategy"]>;
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
    rotations: existing.flatMap((thing) => (thing.kind === "secret" ? rotationsOf(thing) : [])),
  };
}

/** In lower case: the name is the noun of its function's registry. */
const rotationsOf = (secret: Existing<"secret">): ExistingRotation[] =>
  secret.harden.flatMap((hardening) => {
    if (hardening.with !== "rotation" || !hardening.strategy) return [];
    const { strategy, kmsKeyArn } = hardening;
    const name = `existing-${terraformName(identityOf(secret).toLowerCase())}`.replaceAll(/[^a-z0-9]+/g, "-");
    return [{ name, arn: secret.arn, strategy, ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }) }];
  });
