import type { Resource, Stack } from "../terraform/estate";
import { templateParts } from "../terraform/expression";
import { type Json, mapEntries, mapStrings } from "../terraform/json";
import { documentStatements, documentType } from "../terraform/policy-document";
import { parsePolicy } from "../terraform/policy-json";
import { describe, resolve, type Value } from "../terraform/resolve";
import type { Statement } from "../terraform/statement";
import { UnreadableError } from "../terraform/unreadable";
import type { Look } from "./look";
import { placedPolicies } from "./policy-places";
import { rolePolicies } from "./role-policies";
import { escaped } from "./shapes";

/** One action on one resource that a role may do, or may not where the effect is Deny. */
export interface RoleRight {
  /** Name of the role. */
  readonly role: string;
  readonly effect: string;
  /** As written: `s3:Get*` stays one. */
  readonly action: string;
  /** ARN; what AWS fills in stands in it as `<stack/type.id.attribute>`. */
  readonly resource: string;
  /** `Operator key value`, values joined by ` or `; all must hold. */
  readonly conditions: readonly string[];
}

/** Every right that the estate's own policies give a role of the estate.
 *
 * Throws UnreadableError for a policy that cannot be read, that allows or denies all but a list, or that no role of the
 * estate has: a list with a gap would be read as if there were none.
 */
export function roleRights(look: Look): RoleRight[] {
  const policies = placedPolicies(look).filter(({ kind }) => kind === "identity");
  const held = look
    .resources("aws_iam_role")
    .flatMap((role) =>
      rolePolicies(look, role, policies).policies.map((policy) => ({ role: nameOf(look, role), policy })),
    );
  const [stray] = policies.filter((policy) => !held.some((each) => each.policy === policy));
  if (stray) throw new UnreadableError(stray.at.address, "no role of the estate has this policy");
  return held.flatMap(({ role, policy: { at, written } }) =>
    readable(written, at.stack, at.address).flatMap((statement) => rightsIn(role, at, statement)),
  );
}

/** Policies that a role has and the estate does not hold, such as those that AWS writes, as role and ARN. */
export function foreignPolicies(look: Look): { readonly role: string; readonly policy: string }[] {
  return look.resources("aws_iam_role").flatMap((role) =>
    rolePolicies(look, role, []).foreign.flatMap((attachment) => {
      const policy = look.text(attachment, "policy_arn");
      return policy === undefined ? [] : [{ role: nameOf(look, role), policy }];
    }),
  );
}

const nameOf = (look: Look, role: Resource): string => look.text(role, "name") ?? role.address;

function rightsIn(role: string, { address }: Resource, statement: Statement): RoleRight[] {
  const { effect, notActions, notResources } = statement;
  if (notActions.length > 0 || notResources.length > 0) {
    throw new UnreadableError(address, "what a statement leaves out cannot be listed");
  }
  const texts = (values: readonly Value[]) => values.map((value) => textOf(value, address));
  const conditions = statement.conditions.map(
    ({ operator, key, values }) => `${operator} ${key} ${texts(values).sort().join(" or ")}`,
  );
  return texts(statement.actions).flatMap((action) =>
    texts(statement.resources).map((resource) => ({ role, effect, action, resource, conditions })),
  );
}

function textOf(value: Value, address: string): string {
  if (value.kind === "literal" && typeof value.value !== "object") return String(value.value);
  throw new UnreadableError(address, `its policy holds ${describe(value)}`);
}

/** Statements all of whose values are texts. */
function readable(written: Json, stack: Stack, address: string): Statement[] {
  const texted = (json: Json): Json => mapStrings(json, (text) => named(text, stack, address));
  if (typeof written === "string" && written.trimStart().startsWith("{")) {
    return parsePolicy(written, address, (item) => ({ kind: "literal", value: texted(item) }));
  }
  const policy = resolve(written, stack);
  if (policy.kind !== "reference" || policy.resource.type !== documentType) {
    throw new UnreadableError(address, `no policy can be read from ${describe(policy)}`);
  }
  const { attributes, ...document } = policy.resource;
  // Escaped, because the document's values are resolved once more.
  const texts = mapEntries(attributes, (value) =>
    mapStrings(value, (text) =>
      isDocument(text, document.stack) ? text : escaped(named(text, document.stack, address)),
    ),
  );
  return documentStatements({ ...document, attributes: texts }, readable);
}

function isDocument(text: string, stack: Stack): boolean {
  const value = resolve(text, stack);
  return value.kind === "reference" && value.resource.type === documentType;
}

/** The text, with what AWS fills in named by the stack and the address that it comes from. */
function named(text: string, stack: Stack, address: string): string {
  const parts = templateParts(text).map((part) => {
    if (part.kind === "text") return part.text;
    const value = resolve(`\${${part.text}}`, stack);
    if (value.kind !== "reference") return textOf(value, address);
    return `<${value.resource.stack.name}/${value.resource.address}.${value.attribute}>`;
  });
  return parts.join("");
}
