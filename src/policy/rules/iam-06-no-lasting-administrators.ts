import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";
import { shapeOf } from "../shapes";

const userTypes = [
  ...["aws_iam_user", "aws_iam_user_policy", "aws_iam_user_policy_attachment", "aws_iam_user_policies_exclusive"],
  ...["aws_iam_user_policy_attachments_exclusive", "aws_iam_user_group_membership", "aws_iam_user_login_profile"],
  ...["aws_iam_user_ssh_key", "aws_iam_access_key", "aws_iam_service_specific_credential"],
] as const;

/** Attributes that name a managed policy, or a list of them, by type. */
const managedPolicies: Readonly<Record<string, string>> = {
  aws_iam_role_policy_attachment: "policy_arn",
  aws_iam_group_policy_attachment: "policy_arn",
  aws_iam_user_policy_attachment: "policy_arn",
  aws_iam_policy_attachment: "policy_arn",
  aws_iam_role: "managed_policy_arns",
  aws_iam_role_policy_attachments_exclusive: "policy_arns",
  aws_iam_group_policy_attachments_exclusive: "policy_arns",
  aws_ssoadmin_managed_policy_attachment: "managed_policy_arn",
};

const administrator = /(?:^|\/)(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

export const iam06: SecurityRule = {
  id: "IAM-06",
  scope: "resource",
  demand: "There are no IAM users and no access keys, and nobody holds an administrator's managed policy.",
  why: "A key that never ends is found one day; an administrator's policy makes it the key to the account.",
  covers: ["CKV_AWS_40", "CKV_AWS_273", "CKV_AWS_274", "CKV_AWS_275", "CKV2_AWS_56", "AWS-0143"],
  *check(look) {
    for (const at of look.resources(...userTypes)) {
      yield {
        at,
        message: "gives a person a user of IAM.",
        fix: "Let people in by IAM Identity Center, machines by roles.",
      };
    }
    for (const at of look.resources("aws_iam_policy_attachment")) {
      if (look.isSet(at, "users")) {
        yield { at, message: "attaches a policy to users.", fix: "Remove users; attach the policy to roles." };
      }
    }
    for (const [type, attribute] of Object.entries(managedPolicies)) {
      for (const at of look.resources(type)) yield* administrators(look, at, attribute);
    }
    for (const at of look.data("aws_iam_policy")) {
      yield* administrators(look, at, look.isSet(at, "arn") ? "arn" : "name");
    }
  },
};

function* administrators(look: Look, at: Resource, attribute: string) {
  const written = at.attributes[attribute] ?? [];
  for (const item of Array.isArray(written) ? written : [written]) {
    const shape = shapeOf(item, at.stack);
    if (shape.kind === "unknown") look.literal({ ...at, attributes: { [attribute]: item } }, attribute);
    const name = shape.kind === "literal" ? administrator.exec(String(shape.value))?.[1] : undefined;
    if (name !== undefined) {
      yield {
        at,
        message: `gives out ${name}.`,
        fix: `Take ${name} out of ${attribute}; name the actions that are needed.`,
      };
    }
  }
}
