import type { Resource } from "../terraform/estate";
import { policyStatements } from "../terraform/policy-statements";
import type { Value } from "../terraform/resolve";
import type { Condition, Statement } from "../terraform/statement";
import { UnreadableError } from "../terraform/unreadable";
import type { Look } from "./look";

/** A policy, at the resource that has it. */
export interface FoundPolicy {
  readonly at: Resource;
  readonly attribute: string;
  /** None where it cannot be read, which is IAM-07's to find. */
  readonly statements: readonly Statement[];
}

/** Types whose policy says what their holder may do. */
const identityTypes = ["aws_iam_role_policy", "aws_iam_policy", "aws_iam_user_policy", "aws_iam_group_policy"] as const;

export function identityPolicies(look: Look): FoundPolicy[] {
  return look.resources(...identityTypes).map((at) => policyOf(at, "policy"));
}

/** The policy of a resource under an attribute. */
export function policyOf(at: Resource, attribute: string): FoundPolicy {
  try {
    return { at, attribute, statements: policyStatements(at, attribute) ?? [] };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { at, attribute, statements: [] };
  }
}

/** Literal texts of a list; what AWS fills in or nobody can tell is left out. */
export const textsOf = (values: readonly Value[]): string[] =>
  values.flatMap((value) => (value.kind === "literal" && typeof value.value === "string" ? [value.value] : []));

/** Condition keys that say who calls, or on whose behalf (IAM User Guide, global condition keys). */
const narrowing = [
  /^aws:(principalorgid|principalorgpaths|principalaccount|principalarn)$/,
  /^aws:(sourceaccount|sourcearn|sourceorgid|sourceowner|sourcevpc|sourcevpce)$/,
  /^kms:(calleraccount|viaservice|encryptioncontext.*)$/,
];

/** Whether a condition holds a statement to certain callers; what it excludes, or a header anybody may send, does not. */
export const isNarrowed = ({ conditions }: Statement): boolean =>
  conditions.some(
    (condition) => singlesOut(condition) && narrowing.some((pattern) => pattern.test(condition.key.toLowerCase())),
  );

/** Whether a condition turns some callers away.
 *
 * `Null` only asks whether there is a value; `IfExists` and `ForAllValues` let pass whoever has none.
 */
export const singlesOut = ({ operator, values }: Condition): boolean =>
  !/not|^null$|ifexists$|^forallvalues:/i.test(operator) && !textsOf(values).some(isAnything);

/** Wildcards alone, and ARNs that say nothing of the account and the thing: `*`, `arn:aws:*`, `arn:aws:iam::*:role/*`. */
const isAnything = (text: string): boolean =>
  /^([*?]+|arn:[^:]*(:[*?]*)+|arn:([^:]*:){3}[*?]+:([a-z-]+[/:])?[*?]+)$/.test(text);

/** Whether everybody is among the principals; an Allow for all but some is one for everybody else. */
export const isForEverybody = ({ effect, principals, notPrincipals }: Statement): boolean =>
  (effect === "Allow" && notPrincipals.length > 0) ||
  principals.some(({ type, identifiers }) => type === "*" || (type === "AWS" && textsOf(identifiers).includes("*")));

/** An Allow for everybody without a condition that narrows it. */
export const isOpenAllow = (statement: Statement): boolean =>
  statement.effect === "Allow" && isForEverybody(statement) && !isNarrowed(statement);
