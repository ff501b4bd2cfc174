import { UnreadableError } from "./unreadable";

/** A parsed JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists the objects of a Terraform block, which JSON may hold as one object or as a list of them.
 *
 * Anything else in its place (an expression, a number) is refused: skipping it would hide a block from a proof.
 */
export function objectsOf(value: Json | undefined, address: string): JsonObject[] {
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (isObject(item)) return item;
    throw new UnreadableError(address, `${JSON.stringify(item)} stands where a block is expected`);
  });
}

/** Rewrites every string value of a JSON value; keys stay. */
export function mapStrings(value: Json, rewrite: (text: string) => Json): Json {
  if (typeof value === "string") return rewrite(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, rewrite));
  if (isObject(value)) return mapEntries(value, (item) => mapStrings(item, rewrite));
  return value;
}

export function mapEntries(object: JsonObject, rewrite: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, rewrite(value, key)]));
}

/** Rewrites the body of every resource and data source of a stack. */
export function mapResources(
  json: JsonObject,
  rewrite: (body: JsonObject, type: string, address: string) => JsonObject,
): JsonObject {
  return mapEntries(json, (section, name) => {
    if (name !== "resource" && name !== "data") return section;
    return mapObjects(section, name, (types) =>
      mapEntries(types, (byId, type) =>
        mapObjects(byId, type, (bodies) =>
          mapEntries(bodies, (body, id) => {
            const address = `${name === "data" ? "data." : ""}${type}.${id}`;
            return mapObjects(body, address, (attributes) => rewrite(attributes, type, address));
          }),
        ),
      ),
    );
  });
}

/** Rewrites the objects of a Terraform block, keeping one object one object and a list a list. */
export function mapObjects(value: Json, address: string, rewrite: (object: JsonObject) => JsonObject): Json {
  const rewritten = objectsOf(value, address).map(rewrite);
  return Array.isArray(value) ? rewritten : (rewritten[0] ?? null);
}
