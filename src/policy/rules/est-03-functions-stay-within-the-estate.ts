import { functionRoles, roleOf } from "../function-roles";
import { actionsAmong, statementsOf } from "../identity";
import { foreignness, ownArns } from "../own-arns";
import { textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";
import { strayExpressions } from "../stray-expressions";

const rewrite = "lambda:UpdateFunctionCode";
const run = "lambda:InvokeFunction";

export const est03: SecurityRule = {
  id: "EST-03",
  scope: "estate",
  demand: "A function's role acts on things of this estate only, and cannot both rewrite a function and run it.",
  why: "A stolen function reaches what others own, or runs code of the thief's under a role that may do more.",
  covers: [],
  *check(look) {
    for (const at of look.resources("aws_lambda_function")) {
      if (look.isSet(at, "role") && roleOf(look, at) === undefined) {
        const fix = "Make the role in this estate, or name it by reference.";
        yield { at, message: "runs as a role that stands elsewhere, so that nobody can tell what it may do.", fix };
      }
    }
    const own = ownArns(look);
    for (const { role, policies, foreign } of functionRoles(look)) {
      for (const at of foreign) {
        const fix = "Write a policy of the estate's own, with the ARNs that the function needs.";
        yield { at, message: "gives a function a policy that is not written in this estate.", fix };
      }
      for (const policy of policies) {
        const { at } = policy;
        for (const expression of strayExpressions(policy)) {
          const fix = "Write the ARN out, or refer to what this estate holds.";
          yield { at, message: `names ${expression}, which leads out of this estate.`, fix };
        }
        const resources = statementsOf(policy).flatMap((each) =>
          each.effect === "Allow" ? textsOf(each.resources) : [],
        );
        for (const arn of new Set(resources)) {
          const reason = foreignness(arn, own);
          if (reason === undefined) continue;
          const fix = "Name the thing of this estate that the function needs, or take the right away.";
          yield { at, message: `lets a function act on ${arn}, which ${reason}.`, fix };
        }
      }
      const allowed = policies.flatMap(statementsOf).filter(({ effect }) => effect === "Allow");
      const may = (action: string) => allowed.some((statement) => actionsAmong(statement, [action]).length > 0);
      if (may(rewrite) && may(run)) {
        const fix = `Take ${rewrite} away; only the role that deploys, which stands outside the estate, needs it.`;
        yield { at: role, message: `may change the code of a function and run it.`, fix };
      }
    }
  },
};
