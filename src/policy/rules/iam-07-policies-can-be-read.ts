import type { Resource } from "../../terraform/estate";
import { templateParts } from "../../terraform/expression";
import { type Json, mapStrings } from "../../terraform/json";
import { documentType } from "../../terraform/policy-document";
import type { Statement } from "../../terraform/statement";
import { UnreadableError } from "../../terraform/unreadable";
import { actionsLike } from "../actions";
import type { Look } from "../look";
import { textsOf } from "../policies";
import { type PlacedPolicy, placedPolicies } from "../policy-places";
import type { SecurityRule } from "../security-rule";
import { untoldPart } from "../shapes";

export const iam07: SecurityRule = {
  id: "IAM-07",
  scope: "resource",
  demand: "Every policy can be read before it is applied, and every action in it exists.",
  why: "No rule judges what it cannot read, and a misspelt action allows nothing, or denies nothing.",
  covers: [],
  *check(look) {
    for (const policy of placedPolicies(look)) {
      const statements = readOrReason(policy);
      if (typeof statements === "string") {
        yield {
          at: policy.at,
          message: `has a policy that cannot be read: ${statements}.`,
          fix: "Write the policy as JSON (JSON.stringify, not jsonencode), or as an aws_iam_policy_document of the same stack.",
        };
        continue;
      }
      noteUntold(look, policy.at, policy.written);
      const invented = [...new Set(statements.flatMap(inventedActions))];
      if (invented.length > 0) {
        yield {
          at: policy.at,
          message: `names actions that AWS does not have: ${invented.join(", ")}.`,
          fix: "Spell each action as the service authorization reference does.",
        };
      }
    }
    for (const document of look.data(documentType)) noteUntold(look, document, document.attributes);
  },
};

function readOrReason(policy: PlacedPolicy): readonly Statement[] | string {
  try {
    return policy.read();
  } catch (error) {
    if (error instanceof UnreadableError) return error.message;
    throw error;
  }
}

const inventedActions = ({ actions, notActions }: Statement): string[] =>
  textsOf([...actions, ...notActions]).filter(
    (action) => !/^\*+$/.test(action) && !action.includes(untoldPart) && actionsLike(action).length === 0,
  );

/** Has `look` keep what leads nowhere in a policy: an expression by itself, since a text around it tells nothing. */
function noteUntold(look: Look, { address, stack }: Resource, written: Json): void {
  mapStrings(written, (text) => {
    for (const part of templateParts(text)) {
      if (part.kind === "expression") {
        look.literal({ address, stack, attributes: { policy: `\${${part.text}}` } }, "policy");
      }
    }
    return text;
  });
}
