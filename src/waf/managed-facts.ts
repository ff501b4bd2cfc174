import type { Acl } from "./read-acl";
import type { ManagedRule } from "./read-group";
import { header, type WafRequest } from "./request";

/** A managed rule of an ACL, and the part of a request it looks at. */
export interface PlacedManagedRule {
  /** Name of the ACL's rule that holds the group. */
  readonly rule: string;
  readonly managedRule: string;
  /** How a match of it is written: `<our rule>/<AWS rule>`. */
  readonly hit: string;
  readonly component: ManagedComponent;
  /** AWS says exactly what it matches, so nobody has to assume. */
  readonly computed: boolean;
  readonly action: ManagedRule["action"];
}

export type ManagedComponent = "address" | "header" | "cookie" | "path" | "query" | "method" | "body";

/** What AWS documents exactly, in bytes. `undefined`: it does not say.
 *
 * Source: AWS WAF Developer Guide, "Baseline rule groups", Core rule set and Known bad inputs.
 */
const documented: Readonly<Record<string, (request: WafRequest) => boolean | undefined>> = {
  NoUserAgent_HEADER: (request) => {
    const value = header(request, "user-agent");
    return value === undefined ? true : value === "" ? undefined : false;
  },
  SizeRestrictions_QUERYSTRING: ({ query }) => Buffer.byteLength(query) > 2048,
  SizeRestrictions_Cookie_HEADER: (request) => Buffer.byteLength(header(request, "cookie") ?? "") > 10_240,
  SizeRestrictions_BODY: ({ body }) => body.bytes > 8192,
  SizeRestrictions_URIPATH: ({ path }) => Buffer.byteLength(path) > 1024,
  PROPFIND_METHOD: ({ method }) => method === "PROPFIND",
};

const suffixes: readonly (readonly [suffix: string, component: ManagedComponent])[] = [
  ["_BODY", "body"],
  ["_HEADER", "header"],
  ["_COOKIE", "cookie"],
  ["_URIPATH", "path"],
  ["_QUERYSTRING", "query"],
  ["_QUERYARGUMENTS", "query"],
  ["_METHOD", "method"],
];

export const hitName = (rule: string, managedRule: string): string => `${rule}/${managedRule}`;

/** By ACL: a series of requests asks again and again. */
const known = new WeakMap<Acl, PlacedManagedRule[]>();

/** Every managed rule of an ACL, in the order they are asked. */
export function managedRules(acl: Acl): readonly PlacedManagedRule[] {
  const rules = known.get(acl) ?? placedRules(acl);
  known.set(acl, rules);
  return rules;
}

const placedRules = ({ rules }: Acl): PlacedManagedRule[] =>
  rules.flatMap((rule) =>
    rule.kind !== "group"
      ? []
      : rule.match.rules.map(({ name, action }) => ({
          rule: rule.name,
          managedRule: name,
          hit: hitName(rule.name, name),
          component: suffixes.find(([suffix]) => name.endsWith(suffix))?.[1] ?? "address",
          computed: Object.hasOwn(documented, name),
          action,
        })),
  );

/** The managed rules that are known to match a request, as `<our rule>/<AWS rule>`. */
export function computedHits(acl: Acl, request: WafRequest): string[] {
  return managedRules(acl).flatMap(({ managedRule, hit }) =>
    documented[managedRule]?.(request) === true ? [hit] : [],
  );
}

/** Throws where the hits name a rule that the ACL does not hold, or contradict what is known about one. */
export function checkHits(acl: Acl, request: WafRequest, hits: ReadonlySet<string>): void {
  const placed = managedRules(acl);
  const strange = [...hits].filter((given) => !placed.some(({ hit }) => hit === given));
  if (strange.length > 0) throw new Error(`${acl.name} holds no managed rule ${strange.join(", ")}.`);
  for (const { managedRule, hit } of placed) {
    const fact = documented[managedRule]?.(request);
    if (fact !== undefined && fact !== hits.has(hit)) {
      throw new Error(`${hit} ${fact ? "matches" : "does not match"} this request, but the hits say otherwise.`);
    }
  }
}
