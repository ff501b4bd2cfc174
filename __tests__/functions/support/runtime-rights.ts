import type { Account, UsedAction } from "./action-recorder";
import { type AccountFacts, withImplied } from "./implied-actions";
import type { DeployedFunction, Right } from "./role-of";

interface RuntimeRight {
  /** Of the statement that grants it. */
  readonly sid: string;
  readonly why: string;
  readonly actions: readonly string[];
  /** What the Lambda service uses for this function; none where it has no such thing. */
  readonly resources: (lambda: DeployedFunction, account: Account) => readonly string[];
}

const ec2 = ({ region, accountId }: Account, thing: string) => `arn:aws:ec2:${region}:${accountId}:${thing}`;
const isInVpc = ({ subnetIds }: DeployedFunction) => subnetIds.length > 0;
const one = (arn: string | undefined) => (arn === undefined ? [] : [arn]);

/** What the Lambda service does with a function's role; no request of the function's own code shows it.
 *
 * Lambda Developer Guide, "Defining Lambda function permissions with an execution role", and the pages named beside.
 */
export const runtimeRights: readonly RuntimeRight[] = [
  {
    sid: "WriteLogs",
    why: "it writes what the function prints into the function's log group",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: ({ name }, { region, accountId }) => [
      `arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/${name}:log-stream:2026/03/02/[1]0f`,
    ],
  },
  {
    sid: "WriteTraces",
    why: "it sends the traces of calls that are sampled (AWS X-Ray)",
    actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    resources: ({ isTraced }) => (isTraced ? ["*"] : []),
  },
  {
    sid: "SendDeadLetters",
    why: "it keeps events that failed for good (dead-letter queues)",
    actions: ["sqs:SendMessage"],
    resources: ({ deadLetterQueueArn }) => one(deadLetterQueueArn),
  },
  {
    sid: "DecryptVariables",
    why: "it opens the variables as a process begins (securing environment variables)",
    actions: ["kms:Decrypt"],
    resources: ({ variablesKeyArn }) => one(variablesKeyArn),
  },
  {
    sid: "CreateInterfaces",
    why: "it places the function in the subnets and groups (giving functions access to a VPC)",
    actions: ["ec2:CreateNetworkInterface"],
    resources: (lambda, account) =>
      isInVpc(lambda)
        ? [
            ec2(account, "network-interface/eni-1"),
            ...lambda.subnetIds.map((id) => ec2(account, `subnet/${id}`)),
            ...lambda.securityGroupIds.map((id) => ec2(account, `security-group/${id}`)),
          ]
        : [],
  },
  {
    sid: "SeeInterfaces",
    why: "it looks whether the interfaces are there (the same page); describing takes no resource",
    actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
    resources: (lambda) => (isInVpc(lambda) ? ["*"] : []),
  },
  {
    sid: "ManageInterfaces",
    why: "it gives interfaces addresses and removes them after the last version (the same page)",
    actions: ["ec2:AssignPrivateIpAddresses", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"],
    resources: (lambda, account) => (isInVpc(lambda) ? [ec2(account, "network-interface/eni-1")] : []),
  },
];

/** The key of the dead letters is not in the list above: that is what sending one implies. */
const impliedSids = ["EncryptDeadLetters"];
const sids = [...runtimeRights.map(({ sid }) => sid), ...impliedSids];

/** The rights of a role, those for the service apart from those for the function's own code; denials are neither. */
export function splitRights({ rights }: DeployedFunction): { readonly code: Right[]; readonly runtime: Right[] } {
  const allowed = rights.filter(({ effect }) => effect === "Allow");
  return {
    code: allowed.filter(({ sid }) => !sids.includes(sid)),
    runtime: allowed.filter(({ sid }) => sids.includes(sid)),
  };
}

/** What the Lambda service does in a function's name, with what that implies. */
export function usedByRuntime(lambda: DeployedFunction, facts: AccountFacts): UsedAction[] {
  const used = runtimeRights.flatMap(({ actions, resources }) =>
    resources(lambda, facts).flatMap((resource) => actions.map((action) => ({ action, resource, context: {} }))),
  );
  return used.flatMap((each) => (each.action.startsWith("sqs:") ? withImplied(each, facts) : [each]));
}

/** What the Lambda service does in a function's name to fetch messages for it ("Using Lambda with Amazon SQS"). */
export function usedByPolling({ polledQueueArns }: DeployedFunction, facts: AccountFacts): UsedAction[] {
  const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  return polledQueueArns.flatMap((resource) =>
    actions.flatMap((action) => withImplied({ action, resource, context: {} }, facts)),
  );
}
