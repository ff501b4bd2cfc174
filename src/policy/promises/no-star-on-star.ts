import type { Value } from "../../terraform/resolve";
import { queues, topics } from "../channels";
import { lookAt } from "../look";
import { placedPolicies } from "../policy-places";
import type { Rule } from "../rule";

/** MSG-02 asks for their actions one by one. */
const channels = [queues, topics].flatMap(({ type, policyType }) => [type, policyType]);

const holdsStar = (values: readonly Value[]) => values.some((value) => value.kind === "literal" && value.value === "*");

/** IAM-01 and IAM-02 ask this of policies that say what their holder may do; here are those of things. */
export const noStarOnStar: Rule = {
  id: "no-star-on-star",
  promise: "No resource policy allows every action on every resource, or everything but a list.",
  why: "Whoever is named in it may also rewrite the policy, and so owns the thing (FS-09).",
  *violations(estate) {
    for (const { at, kind, read } of placedPolicies(lookAt(estate))) {
      if (kind !== "resource") continue;
      for (const statement of read()) {
        if (statement.effect !== "Allow") continue;
        const isChannel = channels.includes(at.type);
        if (!isChannel && holdsStar(statement.actions) && holdsStar(statement.resources)) {
          yield { at, message: "allows * on *; name the actions and the resources." };
        }
        if ((!isChannel && statement.notActions.length > 0) || statement.notResources.length > 0) {
          yield { at, message: "allows all but a list; name what is allowed instead." };
        }
      }
    }
  },
};
