import { allowances, everyActions, isUnbounded } from "../identity";
import type { SecurityRule } from "../security-rule";

export const iam01: SecurityRule = {
  id: "IAM-01",
  scope: "resource",
  demand: "No identity policy allows every action, every action of a service, or all but a list.",
  why: "Whoever steals such a role may do what nobody thought of, and more with each action that AWS adds.",
  covers: ["CKV_AWS_1", "CKV_AWS_49", "CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40", "AWS-0345", "StarPermissions"],
  *check(look) {
    for (const { at, statement } of allowances(look)) {
      if (!isUnbounded(statement)) continue;
      const every = everyActions(statement);
      if (every.length > 0) {
        yield { at, message: `allows ${every.join(", ")}.`, fix: "Name the actions that the holder calls." };
      }
      if (statement.notActions.length > 0) {
        yield { at, message: "allows every action but a list.", fix: "Name what is allowed in Action, not NotAction." };
      }
      if (statement.notResources.length > 0) {
        yield {
          at,
          message: "allows every resource but a list.",
          fix: "Name what is allowed in Resource, not NotResource.",
        };
      }
    }
  },
};
