import { isObject, type Json, type JsonObject, objectsOf } from "../terraform/json";

/** What is done to a rule: each is a slip that a hand could make. */
export type MutationOperator =
  | "remove the rule"
  | "block to count"
  | "group override none to count"
  | "drop an anchor"
  | "EXACTLY to STARTS_WITH"
  | "drop a member of an AND"
  | "drop a member of an OR"
  | "double the limit";

/** A web ACL that is wrong in one place. */
export interface Mutation {
  /** Name of the rule that is changed. */
  readonly rule: string;
  readonly operator: MutationOperator;
  /** Where in the ACL: `rule[4].statement.and_statement.statement[1]`; of an anchor also which: `…regex_string[0]`. */
  readonly path: string;
  /** The ACL's JSON with the change. */
  readonly json: JsonObject;
}

interface Change<T extends Json = Json> {
  readonly operator: MutationOperator;
  readonly path: string;
  readonly json: T;
}

/** Every change of the operators to the `rule` blocks of an `aws_wafv2_web_acl`, each by itself; the rest stays. */
export function mutations(acl: JsonObject): Mutation[] {
  const rules = objectsOf(acl.rule, "rule");
  return rules.flatMap((rule, index) => {
    const path = `rule[${index}]`;
    const others = (...instead: JsonObject[]) => ({
      ...acl,
      rule: [...rules.slice(0, index), ...instead, ...rules.slice(index + 1)],
    });
    const removed: Change<JsonObject> = { operator: "remove the rule", path, json: others() };
    const changed = ruleChanges(rule, path).map(({ json, ...change }) => ({ ...change, json: others(json) }));
    return [removed, ...changed].map((change) => ({ rule: String(rule.name), ...change }));
  });
}

function ruleChanges(rule: JsonObject, path: string): Change<JsonObject>[] {
  const count = { count: {} };
  const actions: Change<JsonObject>[] = [];
  if (objectsOf(rule.action, path).some((action) => action.block)) {
    actions.push({ operator: "block to count", path: `${path}.action`, json: { ...rule, action: count } });
  }
  if (objectsOf(rule.override_action, path).some((override) => override.none)) {
    const json = { ...rule, override_action: count };
    actions.push({ operator: "group override none to count", path: `${path}.override_action`, json });
  }
  const statements = changes(rule.statement ?? null, `${path}.statement`).map(({ json, ...change }) => ({
    ...change,
    json: { ...rule, statement: json },
  }));
  return [...actions, ...statements];
}

/** Changes at a value and at all it holds. */
function changes(value: Json, path: string): Change[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => within(item, `${path}[${index}]`, (json) => value.with(index, json)));
  }
  if (!isObject(value)) return [];
  const deeper = Object.entries(value).flatMap(([key, item]) => [
    ...within(item, `${path}.${key}`, (json) => ({ ...value, [key]: json })),
    ...leafChanges(value, key, item, path),
  ]);
  return [...memberDrops(value, path), ...deeper];
}

const within = (value: Json, path: string, back: (json: Json) => Json): Change[] =>
  changes(value, path).map(({ json, ...change }) => ({ ...change, json: back(json) }));

function leafChanges(parent: JsonObject, key: string, value: Json, path: string): Change[] {
  const at = `${path}.${key}`;
  const json = (changed: Json) => ({ ...parent, [key]: changed });
  if (key === "positional_constraint" && value === "EXACTLY") {
    return [{ operator: "EXACTLY to STARTS_WITH", path: at, json: json("STARTS_WITH") }];
  }
  if (key === "limit" && typeof value === "number") {
    return [{ operator: "double the limit", path: at, json: json(value * 2) }];
  }
  if (key !== "regex_string" || typeof value !== "string") return [];
  return anchors(value).map((position) => ({
    operator: "drop an anchor",
    path: `${at}[${position}]`,
    json: json(value.slice(0, position) + value.slice(position + 1)),
  }));
}

/** Of an AND or OR of two remains the other member alone: Terraform refuses one with a single member. */
function memberDrops(statement: JsonObject, path: string): Change[] {
  return (["and_statement", "or_statement"] as const).flatMap((kind) => {
    const at = `${path}.${kind}`;
    const members = objectsOf(statement[kind], at).flatMap((body) => objectsOf(body.statement, at));
    return members.map((_, index): Change => {
      const rest = members.toSpliced(index, 1);
      const [only = null] = rest;
      return {
        operator: kind === "and_statement" ? "drop a member of an AND" : "drop a member of an OR",
        path: `${at}.statement[${index}]`,
        json: rest.length > 1 ? { [kind]: { statement: rest } } : only,
      };
    });
  });
}

/** Where a pattern holds `^` or `$` as an anchor: not escaped, not in a class. */
function anchors(pattern: string): number[] {
  const found: number[] = [];
  let inClass = false;
  for (let position = 0; position < pattern.length; position += 1) {
    const character = pattern[position];
    if (character === "\\") position += 1;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (!inClass && (character === "^" || character === "$")) found.push(position);
  }
  return found;
}
