import type { Estate } from "../terraform/estate";
import { lookAt } from "./look";
import { foreignPolicies, roleRights } from "./role-rights";

/** What every role of an environment may do, a line for each action on each resource, sorted and each once.
 *
 * `ROLE may ACTION on RESOURCE if OPERATOR KEY VALUE and …`; `may not` for a Deny, and `has ARN` for a policy of AWS's own.
 * Throws UnreadableError like `roleRights`.
 */
export function roleActionLines(estate: Estate): string[] {
  const look = lookAt(estate);
  const rights = roleRights(look).map(({ role, effect, action, resource, conditions }) => {
    const only = conditions.length > 0 ? ` if ${[...conditions].sort().join(" and ")}` : "";
    return `${role} ${effect === "Allow" ? "may" : "may not"} ${action} on ${resource}${only}`;
  });
  const foreign = foreignPolicies(look).map(({ role, policy }) => `${role} has ${policy}`);
  return [...new Set([...rights, ...foreign])].sort();
}
