import { isObject, type Json, type JsonObject, objectsOf } from "../../terraform/json";
import { UnreadableError } from "../../terraform/unreadable";

/** The JSON that the provider renders of an `aws_iam_policy_document`; expressions in it stay as written.
 *
 * `included` gives the JSON of the documents that this one takes over. As in the provider, a later statement takes the
 * place of an earlier one with the same sid. Throws where a block is not written out.
 */
export function policyText(document: JsonObject, address: string, included: (written: Json) => string): string {
  const taken = (attribute: string) =>
    listOf(document[attribute]).flatMap((written) => statementsIn(included(written), `${address}.${attribute}`));
  const own = objectsOf(document.statement, `${address}.statement`).map((each) => statement(each, address));
  const statements: JsonObject[] = [];
  for (const each of [...taken("source_policy_documents"), ...own, ...taken("override_policy_documents")]) {
    const place = each.Sid === undefined ? -1 : statements.findIndex(({ Sid }) => Sid === each.Sid);
    if (place < 0) statements.push(each);
    else statements[place] = each;
  }
  return JSON.stringify({ Version: document.version ?? "2012-10-17", Statement: statements });
}

function statement(written: JsonObject, address: string): JsonObject {
  const conditions: Record<string, JsonObject> = {};
  for (const { test, variable, values } of objectsOf(written.condition, `${address}.condition`)) {
    conditions[String(test)] = { ...conditions[String(test)], [String(variable)]: values ?? [] };
  }
  return Object.fromEntries(
    Object.entries({
      Sid: written.sid,
      Effect: written.effect ?? "Allow",
      Action: written.actions,
      NotAction: written.not_actions,
      Resource: written.resources,
      NotResource: written.not_resources,
      Principal: principals(written.principals, address),
      NotPrincipal: principals(written.not_principals, address),
      Condition: Object.keys(conditions).length > 0 ? conditions : undefined,
    }).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, value]])),
  );
}

/** Everybody is `"*"`, as the provider writes it; else lists by type. */
function principals(written: Json | undefined, address: string): Json | undefined {
  const byType: Record<string, Json[]> = {};
  const blocks = objectsOf(written, `${address}.principals`);
  if (blocks.length === 0) return undefined;
  for (const { type, identifiers } of blocks) {
    if (type === "*") return "*";
    byType[String(type)] = [...(byType[String(type)] ?? []), ...listOf(identifiers)];
  }
  return byType;
}

function statementsIn(policy: string, address: string): JsonObject[] {
  const parsed: Json = JSON.parse(policy);
  if (!isObject(parsed)) throw new UnreadableError(address, "the policy is not an object");
  return objectsOf(parsed.Statement, `${address}.Statement`);
}

const listOf = (json: Json | undefined): Json[] =>
  json === undefined || json === null ? [] : Array.isArray(json) ? json : [json];
