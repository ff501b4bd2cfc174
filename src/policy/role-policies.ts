import type { Resource } from "../terraform/estate";
import type { Look } from "./look";
import type { PlacedPolicy } from "./policy-places";

/** What the estate gives a role to do. */
export interface RolePolicies {
  /** Inline, beside the role, or attached to it. */
  readonly policies: readonly PlacedPolicy[];
  /** Attachments of policies that the estate does not hold, such as those that AWS writes. */
  readonly foreign: readonly Resource[];
}

/** Of these identity policies, those that a role has. */
export function rolePolicies(look: Look, role: Resource, identityPolicies: readonly PlacedPolicy[]): RolePolicies {
  const own = look.linked(role, "aws_iam_role_policy", "role");
  const attachments = look.linked(role, "aws_iam_role_policy_attachment", "role");
  const attached = attachments.map((at) => look.target(at, "policy_arn"));
  return {
    policies: identityPolicies.filter(({ at }) => at === role || own.includes(at) || attached.includes(at)),
    foreign: attachments.filter((_, index) => attached[index] === undefined),
  };
}
