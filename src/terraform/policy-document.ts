import { blocks, text, values } from "./blocks";
import type { Block, Resource, Stack } from "./estate";
import type { Json } from "./json";
import type { Value } from "./resolve";
import { type Principal, type Statement, usable } from "./statement";
import { UnreadableError } from "./unreadable";

export const documentType = "aws_iam_policy_document";

/** The document that a value is one of these attributes of, such as `json`; also of one of several documents, `[0].json`. */
export function documentIn(value: Value, attributes: readonly string[]): Resource | undefined {
  if (value.kind !== "reference" || value.resource.type !== documentType) return undefined;
  return attributes.includes(value.attribute.replace(/^\[\d+\]\./, "")) ? value.resource : undefined;
}

/** Reads a policy as written at an address; `within` are the documents that include it, the outermost first. */
export type ReadPolicy = (written: Json, stack: Stack, address: string, within: readonly Block[]) => Statement[];

/** Renders an `aws_iam_policy_document` as the provider does: sources, its own statements, overrides.
 *
 * A later statement takes the place of an earlier one with the same sid. `read` reads the documents it includes. Throws
 * where it includes itself.
 */
export function documentStatements(document: Block, read: ReadPolicy, within: readonly Block[] = []): Statement[] {
  if (within.some(({ address, stack }) => address === document.address && stack === document.stack)) {
    throw new UnreadableError(document.address, "it includes itself");
  }
  const included = (attribute: string) => {
    const written = document.attributes[attribute] ?? [];
    const address = `${document.address}.${attribute}`;
    if (!Array.isArray(written)) throw new UnreadableError(address, "it must be written as a list");
    return written.flatMap((item, index) => read(item, document.stack, `${address}[${index}]`, [...within, document]));
  };
  const own = blocks(document, "statement").map(documentStatement);
  const merged: Statement[] = [];
  for (const statement of [...included("source_policy_documents"), ...own, ...included("override_policy_documents")]) {
    const place = statement.sid === undefined ? -1 : merged.findIndex(({ sid }) => sid === statement.sid);
    if (place < 0) merged.push(statement);
    else merged[place] = statement;
  }
  return merged;
}

function documentStatement(statement: Block): Statement {
  const sid = text(statement, "sid");
  return usable(statement.address, {
    ...(sid ? { sid } : {}),
    effect: text(statement, "effect") ?? "Allow",
    actions: values(statement, "actions"),
    notActions: values(statement, "not_actions"),
    resources: values(statement, "resources"),
    notResources: values(statement, "not_resources"),
    principals: principals(statement, "principals"),
    notPrincipals: principals(statement, "not_principals"),
    conditions: blocks(statement, "condition").map((condition) => ({
      operator: required(condition, "test"),
      key: required(condition, "variable"),
      values: values(condition, "values"),
    })),
  });
}

function principals(statement: Block, name: string): Principal[] {
  return blocks(statement, name).map((principal) => ({
    type: required(principal, "type"),
    identifiers: values(principal, "identifiers"),
  }));
}

function required(block: Block, name: string): string {
  const found = text(block, name);
  if (found === undefined) throw new UnreadableError(`${block.address}.${name}`, "it is missing");
  return found;
}
