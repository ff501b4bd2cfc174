import type { Statement } from "../../terraform/statement";
import { queues, toldStatements, topics } from "../channels";
import { isOpenAllow, textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

const topicTypes = [topics.type, topics.policyType];

export const msg02: SecurityRule = {
  id: "MSG-02",
  scope: "resource",
  demand:
    "Policies of queues and topics allow nothing to everybody and no whole service; a topic takes an IAM ARN only with a condition.",
  why: "Whoever may send can start work and cost; whoever may do all can read what tenants sent and delete it.",
  covers: ["CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_169", "CKV_AWS_385", "CKV_AWS_387", "AWS-0097"],
  *check(look) {
    for (const at of look.resources(queues.type, queues.policyType, ...topicTypes)) {
      const allows = toldStatements(at).filter(({ effect }) => effect === "Allow");
      if (allows.some(isOpenAllow)) {
        yield {
          at,
          message: "has a policy that allows everybody in.",
          fix: "Name who sends in Principal, or add a condition on aws:SourceArn or aws:SourceAccount.",
        };
      }
      if (allows.some(isWhole)) {
        yield {
          at,
          message: "has a policy that allows a whole service.",
          fix: `Write the actions out, such as ${topicTypes.includes(at.type) ? topics.send : queues.send}.`,
        };
      }
      if (topicTypes.includes(at.type) && allows.some(isUnconditional)) {
        yield {
          at,
          message: "has a policy that allows an IAM ARN without a condition.",
          fix: "Give the right to the role in its own policy, or add a condition on aws:SourceArn.",
        };
      }
    }
  },
};

const isWhole = ({ actions, notActions }: Statement): boolean =>
  notActions.length > 0 || textsOf(actions).some((action) => /^(\*+|(sqs|sns|\*+):\*+)$/i.test(action));

/** Principals of AWS are accounts, roles and users; everybody is judged by itself. */
const isUnconditional = ({ principals, conditions }: Statement): boolean =>
  conditions.length === 0 &&
  principals.some(
    ({ type, identifiers }) =>
      type === "AWS" &&
      identifiers.some((who) => {
        if (who.kind === "unknown") return outsider.test(who.outside ?? "");
        return who.kind === "reference" || who.value !== "*";
      }),
  );

/** What is no service and not everybody, wherever it is defined. */
const outsider =
  /^(aws_iam_(role|user)\.[\w-]+\.arn|data\.aws_(iam_(role|user)|caller_identity)\.[\w-]+\.(arn|account_id))$/;
