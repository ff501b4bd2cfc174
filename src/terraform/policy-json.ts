import { isObject, type Json, type JsonObject } from "./json";
import type { Value } from "./resolve";
import { type Principal, type Statement, usable } from "./statement";
import { UnreadableError } from "./unreadable";

/** Reads the statements of a policy written as JSON; `resolved` resolves each action, ARN and condition value. */
export function parsePolicy(policy: string, address: string, resolved: (item: Json) => Value): Statement[] {
  const parsed = parseJson(policy, address);
  const list = isObject(parsed) ? listOf(parsed.Statement) : [];
  if (list.length === 0) throw new UnreadableError(address, "the policy holds no Statement");
  return list.map((item) => jsonStatement(asObject(item, address), address, (json) => listOf(json).map(resolved)));
}

function jsonStatement(item: JsonObject, address: string, resolved: (json: Json | undefined) => Value[]): Statement {
  const { Sid: sid, Effect: effect } = item;
  if (typeof effect !== "string") throw new UnreadableError(address, "a statement has no Effect");
  const principals = (json: Json | undefined): Principal[] => {
    if (json === undefined) return [];
    if (json === "*") return [{ type: "*", identifiers: resolved(json) }];
    return Object.entries(asObject(json, address)).map(([type, ids]) => ({ type, identifiers: resolved(ids) }));
  };
  return usable(address, {
    ...(typeof sid === "string" && sid !== "" ? { sid } : {}),
    effect,
    actions: resolved(item.Action),
    notActions: resolved(item.NotAction),
    resources: resolved(item.Resource),
    notResources: resolved(item.NotResource),
    principals: principals(item.Principal),
    notPrincipals: principals(item.NotPrincipal),
    conditions: Object.entries(asObject(item.Condition ?? {}, address)).flatMap(([operator, byKey]) =>
      Object.entries(asObject(byKey, address)).map(([key, wanted]) => ({ operator, key, values: resolved(wanted) })),
    ),
  });
}

function parseJson(policy: string, address: string): Json {
  try {
    return JSON.parse(policy);
  } catch (cause) {
    throw new UnreadableError(address, `the policy is not JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
}

function asObject(json: Json, address: string): JsonObject {
  if (isObject(json)) return json;
  throw new UnreadableError(address, `the policy holds ${JSON.stringify(json)} where an object is expected`);
}

function listOf(json: Json | undefined): Json[] {
  return json === undefined ? [] : Array.isArray(json) ? json : [json];
}
