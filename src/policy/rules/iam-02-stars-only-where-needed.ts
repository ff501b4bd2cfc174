import type { Statement } from "../../terraform/statement";
import { actionsLike } from "../actions";
import { allowances, isUnbounded } from "../identity";
import { textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

export const iam02: SecurityRule = {
  id: "IAM-02",
  scope: "resource",
  demand: "Only actions that take nothing else are allowed on every resource without a condition.",
  why: "A stolen role reads the secrets and tables of everything else in the account.",
  covers: ["CKV_AWS_108", "CKV_AWS_111", "CKV_AWS_288", "CKV_AWS_290", "CKV_AWS_355", "CKV_AWS_356", "AWS-0346"],
  *check(look) {
    for (const { at, statement } of allowances(look)) {
      if (isUnbounded(statement) || statement.conditions.length > 0 || !isOnEverything(statement)) continue;
      const narrowable = textsOf(statement.actions).filter((action) =>
        actionsLike(action).some(({ isWildcardOnly }) => !isWildcardOnly),
      );
      if (narrowable.length > 0) {
        yield {
          at,
          message: `allows ${narrowable.join(", ")} on every resource.`,
          fix: `Name the ARNs in the Resource of ${narrowable.join(", ")}; leave * to a statement of what takes nothing else.`,
        };
      }
    }
  },
};

/** `*`, and ARNs of wildcards all through, such as `arn:aws:*`; an untold partition does not narrow one. */
const isOnEverything = ({ resources }: Statement): boolean =>
  textsOf(resources)
    .map((resource) => resource.replaceAll(/[*?]*\*[*?]*/g, "*"))
    .some((resource) => /^(\*(:\*)*|arn:(aws[a-z-]*|…|\*)(:\*)+|arn:\*)$/.test(resource));
