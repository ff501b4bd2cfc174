import { DataAwsIamPolicyDocument } from "../aws";
import type { Construct } from "../cdktf";

export interface StatementCondition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** One statement of an identity policy. */
export interface IdentityStatement {
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** All must hold. */
  readonly conditions?: readonly StatementCondition[];
}

/** The statements as a policy document, whose JSON Terraform writes. */
export function policyDocument(scope: Construct, id: string, statements: readonly IdentityStatement[]): string {
  return new DataAwsIamPolicyDocument(scope, id, {
    statement: statements.map(({ sid, effect = "Allow", actions, resources, conditions = [] }) => ({
      sid,
      effect,
      actions: [...actions],
      resources: [...resources],
      ...(conditions.length > 0
        ? { condition: conditions.map((condition) => ({ ...condition, values: [...condition.values] })) }
        : {}),
    })),
  }).json;
}
