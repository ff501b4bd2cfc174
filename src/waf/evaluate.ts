import { checkHits, computedHits, hitName } from "./managed-facts";
import { holds, type Labelled } from "./matching";
import { RateWindows } from "./rate-window";
import type { Acl } from "./read-acl";
import type { ManagedMatch } from "./read-group";
import type { RateMatch } from "./read-rate";
import type { AclRule } from "./read-rule";
import { header, type WafRequest } from "./request";

export interface Circumstances {
  /** The managed rules that match the request, as `<our rule>/<AWS rule>`: AWS does not publish its patterns. */
  readonly managedHits: readonly string[];
  /** In seconds; a series of requests shares one clock. */
  readonly now: number;
  /** What the rates have counted so far; this request is added. */
  readonly rates: RateWindows;
}

export interface Decision {
  readonly verdict: "allow" | "block";
  /** The rule that ended the evaluation; null where none did and the ACL's default action decides. */
  readonly rule: string | null;
  /** The rule of AWS inside the group of that name. */
  readonly managedRule?: string;
  /** What the client is answered; null where the request goes on to the API. */
  readonly status: number | null;
  /** Rules that matched and went on, in order; those inside groups as `<our rule>/<AWS rule>`. */
  readonly counted: readonly string[];
  /** Full names, in the order they were put on. */
  readonly labels: readonly string[];
  /** The rules that were asked, in order. */
  readonly asked: readonly Asked[];
}

export interface Asked {
  readonly rule: AclRule;
  readonly outcome: "no match" | "count" | "block" | "allow";
  /** Labels it put on the request. */
  readonly labels: readonly string[];
}

const forbidden = 403;

/** Decides one request as AWS WAF will: by ascending priority, until a rule blocks or allows.
 *
 * Source: AWS WAF Developer Guide, "How AWS WAF handles rule and rule group actions" and "Rate-based rule statement".
 * AWS counts rates late and only near the limit; here every request counts at once. Throws for hits that contradict the
 * request, and where AWS does not say what happens.
 */
export function evaluate(acl: Acl, request: WafRequest, { managedHits, now, rates }: Circumstances): Decision {
  const hits = new Set(managedHits);
  checkHits(acl, request, hits);
  const labels = new Set<string>();
  const labelled: Labelled = { request, labels };
  const counted: string[] = [];
  const asked: Asked[] = [];
  const ended = (rule: AclRule, outcome: "block" | "allow", end: { status: number | null; managedRule?: string }) => {
    asked.push({ rule, outcome, labels: [] });
    return { verdict: outcome, rule: rule.name, ...end, counted, labels: [...labels], asked };
  };

  for (const rule of acl.rules) {
    if (rule.kind === "group") {
      const { passed, blockedBy } = askGroup(rule.name, rule.match, labelled, hits);
      counted.push(...passed.map(({ name }) => name));
      for (const { label } of passed) labels.add(label);
      if (blockedBy !== undefined && !rule.counted) {
        return ended(rule, "block", { status: forbidden, managedRule: blockedBy.name });
      }
      // A group that only counts still ends at its first block.
      if (blockedBy) {
        counted.push(hitName(rule.name, blockedBy.name));
        labels.add(blockedBy.label);
      }
      const given = [...passed, ...(blockedBy ? [blockedBy] : [])].map(({ label }) => label);
      asked.push({ rule, outcome: given.length > 0 ? "count" : "no match", labels: given });
      continue;
    }
    const matches =
      rule.kind === "own" ? holds(rule.match, labelled) : over(rule.name, rule.match, labelled, now, rates);
    if (!matches) {
      asked.push({ rule, outcome: "no match", labels: [] });
      continue;
    }
    const { action } = rule;
    if (action.kind === "block") return ended(rule, "block", { status: action.status });
    if (action.kind === "allow") return ended(rule, "allow", { status: null });
    counted.push(rule.name);
    for (const label of rule.labels) labels.add(label);
    asked.push({ rule, outcome: "count", labels: rule.labels });
  }
  const status = acl.defaultAction === "block" ? forbidden : null;
  return { verdict: acl.defaultAction, rule: null, status, counted, labels: [...labels], asked };
}

/** Decides a request as the first of its sender; managed rules with a documented size are added to the hits. */
export function evaluateAlone(acl: Acl, request: WafRequest, assumedHits: readonly string[]): Decision {
  const managedHits = [...assumedHits, ...computedHits(acl, request)];
  return evaluate(acl, request, { managedHits, now: 0, rates: new RateWindows() });
}

/** The rules of a group that count, up to the first that blocks. */
function askGroup(name: string, { rules, scope }: ManagedMatch, labelled: Labelled, hits: ReadonlySet<string>) {
  if (hits.size === 0 || (scope && !holds(scope, labelled))) return { passed: [] };
  const matching = rules.filter((rule) => hits.has(hitName(name, rule.name)));
  const first = matching.findIndex(({ action }) => action === "block");
  const passed = first === -1 ? matching : matching.slice(0, first);
  return {
    passed: passed.map((rule) => ({ name: hitName(name, rule.name), label: rule.label })),
    blockedBy: matching[first],
  };
}

/** Counts a request that the rate is about; true once its sender is over the limit. */
function over(name: string, rate: RateMatch, labelled: Labelled, now: number, rates: RateWindows): boolean {
  if (rate.scope && !holds(rate.scope, labelled)) return false;
  const { request } = labelled;
  const keys = rate.keys.map((key) => {
    if (key.kind === "address") return request.sourceIp;
    if (key.kind === "method") return request.method;
    return header(request, key.name);
  });
  // A request without the header that tells senders apart is not counted.
  if (keys.includes(undefined)) return false;
  return rates.count(JSON.stringify([name, ...keys]), now, rate.windowSeconds) > rate.limit;
}
