import type { Resource } from "../terraform/estate";
import type { Look } from "./look";
import { placedPolicies } from "./policy-places";
import { type RolePolicies, rolePolicies } from "./role-policies";

/** A role that functions run as, with the policies that the estate gives it. */
export interface FunctionRole extends RolePolicies {
  readonly role: Resource;
}

/** The roles of the functions, each once; a role that stands elsewhere is none. */
export function functionRoles(look: Look): FunctionRole[] {
  const roles = new Set(look.resources("aws_lambda_function").flatMap((each) => roleOf(look, each) ?? []));
  const policies = placedPolicies(look).filter(({ kind }) => kind === "identity");
  return [...roles].map((role) => ({ role, ...rolePolicies(look, role, policies) }));
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
