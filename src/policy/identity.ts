import type { Resource } from "../terraform/estate";
import type { Statement } from "../terraform/statement";
import { UnreadableError } from "../terraform/unreadable";
import { isEveryAction, nameMatcher } from "./actions";
import type { Look } from "./look";
import { textsOf } from "./policies";
import { type PlacedPolicy, placedPolicies } from "./policy-places";

/** A statement, at the resource that has its policy. */
export interface PlacedStatement {
  readonly at: Resource;
  readonly statement: Statement;
}

/** What the holders of identity policies are allowed. A document that no policy uses counts, as far as it names nobody. */
export function allowances(look: Look): PlacedStatement[] {
  return placedPolicies(look).flatMap((policy) => {
    if (policy.kind !== "identity" && policy.kind !== "document") return [];
    return statementsOf(policy)
      .filter(
        ({ effect, principals, notPrincipals }) => effect === "Allow" && !principals.length && !notPrincipals.length,
      )
      .map((statement) => ({ at: policy.at, statement }));
  });
}

/** None where the policy cannot be read, which is IAM-07's to find. */
export function statementsOf(policy: PlacedPolicy): Statement[] {
  try {
    return policy.read();
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return [];
  }
}

/** The actions of a statement that allow too much by themselves: `*`, `s3:*`. */
export const everyActions = ({ actions }: Statement): string[] => textsOf(actions).filter(isEveryAction);

/** Whether a statement allows all there is, or all but a list. */
export const isUnbounded = (statement: Statement): boolean =>
  everyActions(statement).length > 0 || statement.notActions.length > 0 || statement.notResources.length > 0;

/** The actions of a statement, as written, that stand for one of these; `s3:*` is not looked into. */
export function actionsAmong(statement: Statement, wanted: readonly string[]): string[] {
  return textsOf(statement.actions).filter((written) => {
    const pattern = nameMatcher(written);
    return !isEveryAction(written) && wanted.some((action) => pattern.test(action));
  });
}
