import type { Asked, Decision } from "./evaluate";
import { evaluateAlone } from "./evaluate";
import { explain } from "./explain";
import { type ManagedComponent, managedRules } from "./managed-facts";
import type { Acl } from "./read-acl";
import { headerValues, type WafRequest } from "./request";

export interface Story {
  readonly decision: Decision;
  /** A row for each rule that was asked: priority, name, outcome. */
  readonly path: readonly (readonly string[])[];
  /** Why the last rule decided, or what the deciding group matched. */
  readonly why: readonly string[];
  /** Parts of the request that AWS's unpublished patterns look at, and the verdict if all of them matched. */
  readonly ifManaged: readonly (readonly [component: ManagedComponent, verdict: string])[];
}

/** Tells how one request is decided, as the first of its sender, and what would follow if AWS's patterns matched it.
 *
 * `assumedHits` are managed rules taken to match, as `<our rule>/<AWS rule>`; those with a documented size are added.
 */
export function story(acl: Acl, request: WafRequest, assumedHits: readonly string[] = []): Story {
  const decision = evaluateAlone(acl, request, assumedHits);
  const unpublished = managedRules(acl).filter(({ computed }) => !computed);
  const components = [...new Set(unpublished.map(({ component }) => component))].filter((each) => has(request, each));
  return {
    decision,
    path: decision.asked.map(({ rule, outcome, labels }) => [
      String(rule.priority),
      rule.name,
      labels.length > 0 ? `${outcome}, label ${labels.join(", ")}` : outcome,
    ]),
    why: reasons(decision, request),
    ifManaged: (isOwnBlock(decision) ? [] : components).map((component) => {
      const hits = unpublished.filter((each) => each.component === component).map(({ hit }) => hit);
      return [component, verdictText(evaluateAlone(acl, request, [...assumedHits, ...hits]))];
    }),
  };
}

/** A rule of ours has blocked, which AWS's rules come after and cannot change. */
const isOwnBlock = ({ verdict, rule, managedRule }: Decision) =>
  verdict === "block" && rule !== null && managedRule === undefined && !rule.startsWith("reblock-");

function has(request: WafRequest, component: ManagedComponent): boolean {
  if (component === "query") return request.query !== "";
  if (component === "body") return request.body.bytes > 0;
  return component !== "cookie" || headerValues(request, "cookie").length > 0;
}

export function verdictText({ verdict, rule, managedRule, status }: Decision): string {
  if (verdict === "allow") return rule === null ? "goes on to the API" : `goes on to the API, let through by ${rule}`;
  const by = rule === null ? "the default action" : `${rule}${managedRule === undefined ? "" : ` (${managedRule})`}`;
  return `is blocked with ${status} by ${by}`;
}

function reasons({ asked, managedRule, labels, verdict }: Decision, request: WafRequest): string[] {
  const last: Asked | undefined = asked.at(-1);
  if (last === undefined || (verdict === "allow" && last.outcome !== "allow")) {
    return ["no rule blocks it: the default action of the web ACL decides"];
  }
  const { rule } = last;
  const labelled = { request, labels: new Set(labels) };
  if (rule.kind === "group") return [`${rule.match.group} was taken to match by ${managedRule}`];
  if (rule.kind === "own") return explain(rule.match, labelled);
  return [`its sender is over ${rule.match.limit} requests in ${rule.match.windowSeconds} s`];
}
