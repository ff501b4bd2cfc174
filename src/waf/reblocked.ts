import { evaluateAlone } from "./evaluate";
import { managedRules } from "./managed-facts";
import type { Acl } from "./read-acl";
import type { WafRequest } from "./request";

/** Managed rules that count on purpose, and that nothing needs to block later. AWS counts the third itself. */
const observedOnly: readonly string[] = ["AnonymousIPList", "HostingProviderIPList", "AWSManagedIPDDoSList"];

/** A request that no rule of ours minds, to a path that no exception names. */
const ordinaryRequest: WafRequest = {
  method: "POST",
  path: "/elsewhere",
  query: "",
  headers: [["user-agent", "probe"]],
  body: { bytes: 10 },
  sourceIp: "198.51.100.7",
};

/** Managed rules set to count whose match an ordinary request survives: each is a hole, as `<our rule>/<AWS rule>`.
 *
 * A group that is observed as a whole, during a roll-out, is left out: there nothing blocks.
 */
export function holes(acl: Acl, request: WafRequest = ordinaryRequest): string[] {
  return managedRules(acl).flatMap(({ rule, managedRule, hit, action }) => {
    const enforced = acl.rules.some((each) => each.name === rule && each.kind === "group" && !each.counted);
    if (!enforced || action !== "count" || observedOnly.includes(managedRule)) return [];
    const seen = managedRule === "SizeRestrictions_BODY" ? { ...request, body: { bytes: 8193 } } : request;
    return evaluateAlone(acl, seen, [hit]).verdict === "block" ? [] : [hit];
  });
}
