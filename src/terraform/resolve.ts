import type { Resource, Stack } from "./estate";
import { parseReference, templateParts } from "./expression";
import { isObject, type Json, type JsonObject } from "./json";

/** What a value comes to before anything is applied. Unknown is never the same as absent, and never fine. */
export type Value =
  | { readonly kind: "literal"; readonly value: Json }
  /** An attribute that the provider or AWS fills in, such as an id or an ARN. */
  | { readonly kind: "reference"; readonly resource: Resource; readonly attribute: string }
  | {
      readonly kind: "unknown";
      readonly reason: string;
      /** The reference, where it leads to a resource that was not read: its type and attribute still tell what it is. */
      readonly outside?: string;
    };

/** Resolves a value as written in a stack, following references within it and into the stacks read with it. */
export function resolve(json: Json, stack: Stack): Value {
  return resolveAlong(json, stack, []);
}

/** `trail` holds the places passed on the way here, so that a circle is noticed. */
function resolveAlong(json: Json, stack: Stack, trail: readonly string[]): Value {
  if (typeof json === "string") return resolveTemplate(json, stack, trail);
  if (Array.isArray(json)) return allLiteral(json, stack, trail, (values) => values);
  if (isObject(json)) {
    const keys = Object.keys(json);
    return allLiteral(Object.values(json), stack, trail, (values): JsonObject => {
      return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null]));
    });
  }
  return { kind: "literal", value: json };
}

function resolveTemplate(template: string, stack: Stack, trail: readonly string[]): Value {
  const parts = templateParts(template);
  const [first] = parts;
  if (first?.kind === "expression" && parts.length === 1) return resolveExpression(first.text, stack, trail);
  const values = parts.map((part): Value => {
    return part.kind === "text" ? { kind: "literal", value: part.text } : resolveExpression(part.text, stack, trail);
  });
  return joinLiterals(values, (texts) => {
    return texts.every((text) => typeof text !== "object") ? texts.map(String).join("") : undefined;
  });
}

function resolveExpression(expression: string, stack: Stack, trail: readonly string[]): Value {
  const reference = parseReference(expression);
  if (!reference) return unknown(`"${expression}" is not a plain reference`);
  const place = `${stack.name}: ${expression}`;
  if (trail.includes(place)) return unknown(`"${expression}" refers back to itself`);

  if (reference.kind === "output") {
    const producer = stack.estate.get(reference.stack);
    const output = producer?.outputs[reference.output];
    if (!producer || output === undefined)
      return unknown(`stack "${reference.stack}" has no output "${reference.output}"`);
    return into(resolveAlong(output, producer, [...trail, place]), reference.path);
  }
  if (reference.kind === "local") {
    const written = stack.locals[reference.name];
    if (written === undefined) return unknown(`stack "${stack.name}" has no local.${reference.name}`);
    return into(resolveAlong(written, stack, [...trail, place]), reference.path);
  }
  const resource = stack.resources.get(reference.address);
  if (!resource) return { ...unknown(`stack "${stack.name}" has no ${reference.address}`), outside: expression };
  const { found, rest } = walk(resource.attributes, reference.path);
  if (found === undefined) return { kind: "reference", resource, attribute: pathText(reference.path) };
  return into(resolveAlong(found, stack, [...trail, place]), rest);
}

/** Steps from a resolved value to something inside it. */
function into(value: Value, path: readonly string[]): Value {
  if (path.length === 0 || value.kind === "unknown") return value;
  if (value.kind === "reference") return { ...value, attribute: pathText([value.attribute, ...path]) };
  const { found, rest } = walk(value.value, path);
  if (found === undefined || rest.length > 0) return unknown(`a literal has no "${pathText(path)}" in it`);
  return { kind: "literal", value: found };
}

/** Steps into a value as written, as far as it goes without resolving a text on the way.
 *
 * A block may be written as an object where an expression indexes it as a list.
 */
function walk(json: Json, path: readonly string[]): { found: Json | undefined; rest: readonly string[] } {
  const [step, ...rest] = path;
  if (step === undefined || !(Array.isArray(json) || isObject(json))) return { found: json ?? undefined, rest: path };
  const found = Array.isArray(json) ? json[Number(step)] : step === "0" && !(step in json) ? json : json[step];
  return found === undefined || found === null ? { found: undefined, rest } : walk(found, rest);
}

function pathText(path: readonly string[]): string {
  return path.reduce((text, step) => (/^\d+$/.test(step) ? `${text}[${step}]` : text ? `${text}.${step}` : step), "");
}

function allLiteral(items: Json[], stack: Stack, trail: readonly string[], join: (values: Json[]) => Json): Value {
  return joinLiterals(
    items.map((item) => resolveAlong(item, stack, trail)),
    join,
  );
}

/** One literal out of many, or the reason why it cannot be told. */
function joinLiterals(values: readonly Value[], join: (literals: Json[]) => Json | undefined): Value {
  const literals: Json[] = [];
  for (const value of values) {
    if (value.kind === "unknown") return value;
    if (value.kind === "reference") return unknown(`it holds ${describe(value)}`);
    literals.push(value.value);
  }
  const joined = join(literals);
  return joined === undefined
    ? unknown("a list or an object stands inside a text")
    : { kind: "literal", value: joined };
}

/** Says what a value is, for messages. */
export function describe(value: Value): string {
  if (value.kind === "literal") return JSON.stringify(value.value);
  if (value.kind === "unknown") return `unknown: ${value.reason}`;
  return `${value.resource.address}.${value.attribute} of stack "${value.resource.stack.name}", known only after apply`;
}

function unknown(reason: string): Extract<Value, { kind: "unknown" }> {
  return { kind: "unknown", reason };
}
