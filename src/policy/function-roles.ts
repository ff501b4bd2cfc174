import type { Resource } from "../terraform/estate";
import type { Look } from "./look";
import { type PlacedPolicy, placedPolicies } from "./policy-places";

/** A role that functions run as, with the policies that the estate gives it. */
export interface FunctionRole {
  readonly role: Resource;
  readonly policies: readonly PlacedPolicy[];
  /** Attachments of policies that the estate does not hold, such as those that AWS writes. */
  readonly foreign: readonly Resource[];
}

/** The roles of the functions, each once; a role that stands elsewhere is none. */
export function functionRoles(look: Look): FunctionRole[] {
  const roles = new Set(look.resources("aws_lambda_function").flatMap((each) => roleOf(look, each) ?? []));
  const policies = placedPolicies(look).filter(({ kind }) => kind === "identity");
  return [...roles].map((role) => {
    const own = look.linked(role, "aws_iam_role_policy", "role");
    const attachments = look.linked(role, "aws_iam_role_policy_attachment", "role");
    const attached = attachments.map((at) => look.target(at, "policy_arn"));
    return {
      role,
      policies: policies.filter(({ at }) => at === role || own.includes(at) || attached.includes(at)),
      foreign: attachments.filter((_, index) => attached[index] === undefined),
    };
  });
}

/** The role of a function: by reference, or by the name at the end of its ARN. */
export function roleOf(look: Look, lambda: Resource): Resource | undefined {
  const target = look.target(lambda, "role");
  if (target !== undefined) return target.type === "aws_iam_role" ? target : undefined;
  const name = look.text(lambda, "role")?.split("/").at(-1);
  return name === undefined
    ? undefined
    : look.resources("aws_iam_role").find((role) => look.text(role, "name") === name);
}
