import type { Block, Stack } from "./estate";
import type { Json } from "./json";
import { documentIn, documentStatements } from "./policy-document";
import { parsePolicy } from "./policy-json";
import { describe, resolve } from "./resolve";
import type { Statement } from "./statement";
import { UnreadableError } from "./unreadable";

/** The statements of a policy attribute: a JSON string, or a reference to an `aws_iam_policy_document`.
 *
 * Undefined where the attribute is absent. Throws where the policy cannot be read, `jsonencode` included.
 */
export function policyStatements(owner: Block, attribute: string): Statement[] | undefined {
  const written = owner.attributes[attribute] ?? undefined;
  return written === undefined ? undefined : statementsOf(written, owner.stack, `${owner.address}.${attribute}`);
}

function statementsOf(written: Json, stack: Stack, address: string, within: readonly Block[] = []): Statement[] {
  // A JSON string is parsed before its references are resolved, so that one key's ARN does not hide the rest.
  if (typeof written === "string" && written.trimStart().startsWith("{")) {
    return parsePolicy(written, address, (item) => resolve(item, stack));
  }
  const policy = resolve(written, stack);
  if (policy.kind === "literal" && typeof policy.value === "string") {
    return parsePolicy(policy.value, address, (value) => ({ kind: "literal", value }));
  }
  const document = documentIn(policy, ["json"]);
  if (document) return documentStatements(document, statementsOf, within);
  throw new UnreadableError(address, `no policy can be read from ${describe(policy)}`);
}
