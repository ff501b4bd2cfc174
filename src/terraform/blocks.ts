import type { Block } from "./estate";
import { isObject, type Json, objectsOf } from "./json";
import { describe, resolve, type Value } from "./resolve";
import { UnreadableError } from "./unreadable";

/** Lists the blocks of a name; one that is written as an object counts as a list of one.
 *
 * A block that is generated (`dynamic`) or given by an expression is refused: its content is not in the JSON.
 */
export function blocks(parent: Block, name: string): Block[] {
  return bodies(parent, name).map((attributes, index) => {
    return { address: `${parent.address}.${name}[${index}]`, attributes, stack: parent.stack };
  });
}

/** The one block of a name, if it is there. Its address carries no index. */
export function block(parent: Block, name: string): Block | undefined {
  const [attributes, second] = bodies(parent, name);
  if (second) throw new UnreadableError(`${parent.address}.${name}`, "there must be at most one such block");
  return attributes && { address: `${parent.address}.${name}`, attributes, stack: parent.stack };
}

function bodies(parent: Block, name: string) {
  const address = `${parent.address}.${name}`;
  const generated = objectsOf(parent.attributes.dynamic, address).some((dynamic) => name in dynamic);
  if (generated) throw new UnreadableError(address, "a dynamic block cannot be read before it is planned");
  return objectsOf(parent.attributes[name], address);
}

/** The value of an attribute; undefined where it is absent or null. */
export function value(parent: Block, name: string): Value | undefined {
  const written = parent.attributes[name] ?? undefined;
  return written === undefined ? undefined : resolve(written, parent.stack);
}

/** The values of a list attribute, each resolved by itself; none where it is absent. */
export function values(parent: Block, name: string): Value[] {
  const written = parent.attributes[name] ?? [];
  if (Array.isArray(written)) return written.map((item) => resolve(item, parent.stack));
  const whole = resolve(written, parent.stack);
  if (whole.kind !== "literal") return [whole];
  if (Array.isArray(whole.value)) return whole.value.map((item) => ({ kind: "literal", value: item }));
  throw new UnreadableError(`${parent.address}.${name}`, `${describe(whole)} is not a list`);
}

/** The values of a map attribute by key, each resolved by itself; none where it is absent. */
export function valuesByKey(parent: Block, name: string): Map<string, Value> {
  const written = parent.attributes[name] ?? {};
  if (!isObject(written))
    throw new UnreadableError(`${parent.address}.${name}`, `${JSON.stringify(written)} is not a map`);
  return new Map(Object.entries(written).map(([key, item]) => [key, resolve(item, parent.stack)]));
}

/** A literal text; undefined where it is absent. Throws where it is known only after apply, or cannot be told. */
export function text(parent: Block, name: string): string | undefined {
  return literal(parent, name, "a text", asText);
}

/** A literal number, which Terraform also takes as text. Throws like `text`. */
export function number(parent: Block, name: string): number | undefined {
  return literal(parent, name, "a number", (found) => {
    const parsed = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
    return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
  });
}

/** A literal truth value, which Terraform also takes as text. Throws like `text`. */
export function flag(parent: Block, name: string): boolean | undefined {
  return literal(parent, name, "true or false", (found) => {
    if (typeof found === "boolean") return found;
    return found === "true" ? true : found === "false" ? false : undefined;
  });
}

/** A list of literal texts; empty where it is absent. Throws like `text`. */
export function texts(parent: Block, name: string): string[] {
  return values(parent, name).map((item, index) =>
    literalOf(item, `${parent.address}.${name}[${index}]`, "a text", asText),
  );
}

function asText(found: Json): string | undefined {
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean"
    ? String(found)
    : undefined;
}

function literal<T>(parent: Block, name: string, kind: string, read: (found: Json) => T | undefined): T | undefined {
  const found = value(parent, name);
  return found && literalOf(found, `${parent.address}.${name}`, kind, read);
}

function literalOf<T>(found: Value, address: string, kind: string, read: (found: Json) => T | undefined): T {
  const parsed = found.kind === "literal" ? read(found.value) : undefined;
  if (parsed === undefined) throw new UnreadableError(address, `${kind} is wanted, not ${describe(found)}`);
  return parsed;
}
