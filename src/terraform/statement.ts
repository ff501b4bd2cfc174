import { describe, type Value } from "./resolve";
import { UnreadableError } from "./unreadable";

/** One statement of an IAM or resource policy, however it was written. Absent lists are empty. */
export interface Statement {
  readonly sid?: string;
  readonly effect: string;
  readonly actions: readonly Value[];
  readonly notActions: readonly Value[];
  readonly resources: readonly Value[];
  readonly notResources: readonly Value[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for everybody. */
  readonly type: string;
  readonly identifiers: readonly Value[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
}

/** Gives a statement back that AWS takes. Throws where it allows and denies nothing, or does so by no action. */
export function usable(address: string, statement: Statement): Statement {
  const { effect, actions, notActions } = statement;
  if (effect !== "Allow" && effect !== "Deny") {
    throw new UnreadableError(address, `a statement has Effect ${JSON.stringify(effect)}; allowed are Allow and Deny`);
  }
  const named = [...actions, ...notActions];
  if (named.length === 0) throw new UnreadableError(address, "a statement names no action");
  const wrong = named.find(
    (value) => value.kind === "literal" && (typeof value.value !== "string" || value.value === ""),
  );
  if (wrong) throw new UnreadableError(address, `a statement has ${describe(wrong)} where an action is expected`);
  return statement;
}
