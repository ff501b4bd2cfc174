import { type Estate, estateOf, type StackFacts, stackFacts } from "../../../src/terraform/estate";
import { isObject, type Json, type JsonObject, objectsOf } from "../../../src/terraform/json";
import type { Synthesis } from "../../../src/terraform/read";

/** The stacks of a synthesis as a mutation changes them. Whatever it asks for must be there. */
export interface StackChanges {
  /** The resource of a type at a construct path, which begins with its stack; `data.` before a type asks for a source. */
  readonly at: (type: string, path: string) => JsonObject;
  readonly add: (stack: string, type: string, attributes: JsonObject) => void;
  readonly remove: (type: string, path: string) => void;
  /** The provider block of AWS of a stack. */
  readonly provider: (stack: string) => JsonObject;
}

/** How a synthesis is after a change of some of its stacks; a stack that stays the same is not read again. */
export function changing(synthesis: Synthesis): (change: (stacks: StackChanges) => void) => Estate {
  const untouched = synthesis.stacks.map(({ name, json }) => stackFacts(name, json));
  return (change) => {
    const touched = new Map<string, JsonObject>();
    change(changesOf(synthesis, touched));
    const written = (name: string) => synthesis.stacks.find((stack) => stack.name === name)?.json;
    const changed = [...touched].filter(([name, json]) => JSON.stringify(json) !== JSON.stringify(written(name)));
    if (changed.length === 0) throw new Error("The mutation changes nothing.");
    return estateOf(untouched.map((facts) => factsOf(facts, new Map(changed))));
  };
}

const factsOf = (facts: StackFacts, changed: ReadonlyMap<string, JsonObject>): StackFacts => {
  const json = changed.get(facts.name);
  return json === undefined ? facts : stackFacts(facts.name, json);
};

function changesOf({ stacks }: Synthesis, touched: Map<string, JsonObject>): StackChanges {
  const jsonOf = (name: string): JsonObject => {
    const found = touched.get(name) ?? structuredClone(stacks.find((stack) => stack.name === name)?.json);
    if (found === undefined) throw new Error(`There is no stack ${name}.`);
    touched.set(name, found);
    return found;
  };
  const bodiesOf = (stack: string, type: string): JsonObject => {
    const json = jsonOf(stack);
    const [section, name] = type.startsWith("data.") ? ["data", type.slice("data.".length)] : ["resource", type];
    json[section] ??= {};
    const types = within(json, section);
    types[name] ??= {};
    return within(types, name);
  };
  const placed = (type: string, path: string): [JsonObject, string] => {
    const bodies = bodiesOf(path.split("/", 1).join(), type);
    const ids = Object.keys(bodies).filter((id) => [path, `${path}/Default`].includes(pathOf(bodies[id])));
    return [bodies, only(ids, `${type} at ${path}`)];
  };
  return {
    at: (type, path) => within(...placed(type, path)),
    add(stack, type, attributes) {
      bodiesOf(stack, type).added = attributes;
    },
    remove(type, path) {
      const [bodies, id] = placed(type, path);
      delete bodies[id];
    },
    provider: (stack) => within(within(jsonOf(stack), "provider"), "aws"),
  };
}

/** The block, or the only one of a list. */
export function within(holder: JsonObject, ...names: readonly string[]): JsonObject {
  return names.reduce((block, name) => only(objectsOf(block[name], name), `block ${name}`), holder);
}

/** The block of a list of which something is true. */
export const withinWhere = (holder: JsonObject, name: string, isMeant: (block: JsonObject) => boolean): JsonObject =>
  only(objectsOf(holder[name], name).filter(isMeant), `block ${name} that is meant`);

/** Changes the statement of a policy in JSON that has a Sid; without one, the only statement. */
export function changeStatement(
  holder: JsonObject,
  attribute: string,
  sid: string | undefined,
  change: (statement: JsonObject) => void,
): void {
  changeStatements(holder, attribute, (statements) => {
    const meant = statements.filter((statement) => sid === undefined || statement.Sid === sid);
    change(only(meant, `statement ${sid}`));
  });
}

/** Changes the list of statements of a policy in JSON. */
export function changeStatements(
  holder: JsonObject,
  attribute: string,
  change: (statements: JsonObject[]) => void,
): void {
  const policy: Json = JSON.parse(String(holder[attribute]));
  if (!isObject(policy)) throw new Error(`${attribute} is no policy.`);
  const statements = objectsOf(policy.Statement, "Statement");
  change(statements);
  holder[attribute] = JSON.stringify({ ...policy, Statement: statements });
}

/** The list under an attribute, to change it in place. */
export function listIn(holder: JsonObject, attribute: string): Json[] {
  const list = holder[attribute];
  if (!Array.isArray(list)) throw new Error(`${attribute} is no list.`);
  return list;
}

function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`There are ${found.length} of ${what}.`);
  return first;
}

function pathOf(body: Json | undefined): string {
  return isObject(body) ? String(within(within(body, "//"), "metadata").path) : "";
}
