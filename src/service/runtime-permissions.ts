import type { IdentityStatement } from "./statement";

/** Where a function in the VPC gets its network interfaces. */
export interface FunctionNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

export interface RuntimeResources {
  readonly region: string;
  readonly accountId: string;
  readonly functionArn: string;
  readonly logGroupArn: string;
  readonly deadLetterQueueArn: string;
  readonly messagesKeyArn: string;
  readonly functionsKeyArn: string;
}

/** What the Lambda service does in a function's name: logs, traces, dead letters, its variables. */
export function runtimeStatements(resources: RuntimeResources): IdentityStatement[] {
  return [
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${resources.logGroupArn}:*`],
    },
    // These two actions take no resource.
    { sid: "WriteTraces", actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], resources: ["*"] },
    { sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [resources.deadLetterQueueArn] },
    {
      sid: "EncryptDeadLetters",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [resources.messagesKeyArn],
    },
    { sid: "DecryptVariables", actions: ["kms:Decrypt"], resources: [resources.functionsKeyArn] },
  ];
}

/** What the Lambda service does to place a function in the VPC, and what the function's own code may not do.
 *
 * AWS's managed policy for it puts all of this on `*`. Lambda calls with the function's role, so without the deny the
 * code could make interfaces too (Lambda Developer Guide, "Giving Lambda functions access to resources in a VPC").
 */
export function networkStatements(
  { subnetIds, securityGroupIds }: FunctionNetwork,
  { region, accountId, functionArn }: Pick<RuntimeResources, "region" | "accountId" | "functionArn">,
): IdentityStatement[] {
  const ec2 = `arn:aws:ec2:${region}:${accountId}`;
  return [
    {
      sid: "CreateInterfaces",
      actions: ["ec2:CreateNetworkInterface"],
      resources: [
        `${ec2}:network-interface/*`,
        ...subnetIds.map((subnetId) => `${ec2}:subnet/${subnetId}`),
        ...securityGroupIds.map((groupId) => `${ec2}:security-group/${groupId}`),
      ],
    },
    // Describing takes no resource.
    { sid: "SeeInterfaces", actions: ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], resources: ["*"] },
    {
      // A narrower ARN may leave the function without network, says the same page.
      sid: "ManageInterfaces",
      actions: ["ec2:AssignPrivateIpAddresses", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"],
      resources: [`${ec2}:*/*`],
    },
    {
      sid: "DenyInterfacesToTheCode",
      effect: "Deny",
      actions: [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ],
      resources: ["*"],
      conditions: [{ test: "ArnEquals", variable: "lambda:SourceFunctionArn", values: [functionArn] }],
    },
  ];
}
