import { DataAwsIamPolicyDocument, FlowLog, IamRole, IamRolePolicy } from "../aws";
import { Construct } from "../cdktf";
import { trustService } from "./resource-policy";

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly accountId: string;
  readonly logGroupArn: string;
  readonly roleName: string;
}

/** Records every connection of the VPC, accepted and refused, in a log group.
 *
 * Without it nobody can say afterwards where an intruder's data went (FS-09). Costs 0.50 USD per GB of records.
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: props.roleName,
      assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com", props.accountId),
    });
    // The four actions of "IAM role for publishing flow logs" that are left when the group exists already.
    const permissions = new DataAwsIamPolicyDocument(this, "permissions", {
      statement: [
        {
          actions: ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [`${props.logGroupArn}:*`],
        },
      ],
    });
    const policy = new IamRolePolicy(this, "policy", { role: role.name, name: "write-logs", policy: permissions.json });
    new FlowLog(this, "Default", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: props.logGroupArn,
      iamRoleArn: role.arn,
      dependsOn: [policy],
    });
  }
}
