import { type Estate, managedResources, type Resource } from "../../terraform/estate";
import { policyStatements } from "../../terraform/policy-statements";
import type { Value } from "../../terraform/resolve";
import type { Statement } from "../../terraform/statement";
import type { Rule } from "../rule";

/** Where a policy may stand: type and attribute. Trust policies have no resource, so they are not among these. */
const policies: readonly (readonly [type: string, attribute: string])[] = [
  ["aws_iam_role_policy", "policy"],
  ["aws_iam_policy", "policy"],
  ["aws_s3_bucket_policy", "policy"],
  ["aws_sqs_queue", "policy"],
  ["aws_sqs_queue_policy", "policy"],
  ["aws_sns_topic", "policy"],
  ["aws_sns_topic_policy", "policy"],
  ["aws_kms_key", "policy"],
  ["aws_secretsmanager_secret_policy", "policy"],
  ["aws_backup_vault_policy", "policy"],
  ["aws_vpc_endpoint", "policy"],
  ["aws_vpc_endpoint_policy", "policy"],
];

export interface PlacedStatement {
  readonly at: Resource;
  readonly statement: Statement;
}

/** Every statement of every identity and resource policy. */
export function* placedStatements(estate: Estate): Iterable<PlacedStatement> {
  for (const [type, attribute] of policies) {
    for (const at of managedResources(estate, type)) {
      for (const statement of policyStatements(at, attribute) ?? []) yield { at, statement };
    }
  }
}

const holdsStar = (values: readonly Value[]) => values.some((value) => value.kind === "literal" && value.value === "*");

export const noStarOnStar: Rule = {
  id: "no-star-on-star",
  promise: "No policy allows every action, or everything but a few, on every resource.",
  why: "Whoever steals such a role owns the account (FS-09).",
  *violations(estate) {
    for (const { at, statement } of placedStatements(estate)) {
      if (statement.effect !== "Allow") continue;
      if (holdsStar(statement.actions) && holdsStar(statement.resources)) {
        yield { at, message: "allows * on *; name the actions and the resources." };
      }
      if (statement.notActions.length > 0 || statement.notResources.length > 0) {
        yield { at, message: "allows all but a list; name what is allowed instead." };
      }
    }
  },
};
