import { SecurityGroup, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule } from "../aws";
import { Construct } from "../cdktf";

export type GroupNoun = "functions" | "functions-egress" | "endpoints";

export interface SecurityGroupsProps {
  readonly vpcId: string;
  readonly groupNames: Readonly<Record<GroupNoun, string>>;
  /** Addresses of S3 and DynamoDB: their gateway endpoints route by prefix list and answer from public addresses. */
  readonly prefixListIds: Readonly<Record<"s3" | "dynamodb", string>>;
  /** The list of GitHub's addresses; without it `functions-egress` reaches any host on 443. */
  readonly githubPrefixListId?: string | undefined;
}

const tls = { ipProtocol: "tcp", fromPort: 443, toPort: 443 } as const;

/** Who may talk to whom in the VPC: functions to endpoints, S3 and DynamoDB over TLS; two of them to the internet.
 *
 * A function without egress cannot send data out, even if its code is taken over (FS-09). `functions-egress` is added
 * to `functions`, not put in its place. It reaches GitHub's addresses, or any host where the list of those is not kept:
 * AWS has none of its own for GitHub or for APIs without an endpoint; flow logs and role policies stand behind it. Rules
 * are resources of their own: inline ones would remove what another stack adds. Free.
 */
export class SecurityGroups extends Construct {
  readonly functionsId: string;
  readonly functionsEgressId: string;
  readonly endpointsId: string;

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const group = (noun: GroupNoun, description: string) =>
      new SecurityGroup(this, noun, { vpcId: props.vpcId, name: props.groupNames[noun], description }).id;
    this.functionsId = group("functions", "Functions in the VPC: AWS services through endpoints only");
    this.functionsEgressId = group("functions-egress", "Functions that also call GitHub and AWS APIs through NAT");
    this.endpointsId = group("endpoints", "Interface endpoints: TLS from functions");

    new VpcSecurityGroupEgressRule(this, "functions-to-endpoints", {
      ...tls,
      securityGroupId: this.functionsId,
      referencedSecurityGroupId: this.endpointsId,
      description: "TLS to interface endpoints",
    });
    for (const [service, prefixListId] of Object.entries(props.prefixListIds)) {
      new VpcSecurityGroupEgressRule(this, `functions-to-${service}`, {
        ...tls,
        securityGroupId: this.functionsId,
        prefixListId,
        description: `TLS to ${service} through its gateway endpoint`,
      });
    }
    if (props.githubPrefixListId === undefined) {
      new VpcSecurityGroupEgressRule(this, "functions-egress-to-internet", {
        ...tls,
        securityGroupId: this.functionsEgressId,
        cidrIpv4: "0.0.0.0/0",
        description: "TLS to GitHub and AWS APIs that have no prefix list",
      });
    } else {
      new VpcSecurityGroupEgressRule(this, "functions-egress-to-github", {
        ...tls,
        securityGroupId: this.functionsEgressId,
        prefixListId: props.githubPrefixListId,
        description: "TLS to GitHub's API",
      });
    }
    new VpcSecurityGroupIngressRule(this, "endpoints-from-functions", {
      ...tls,
      securityGroupId: this.endpointsId,
      referencedSecurityGroupId: this.functionsId,
      description: "TLS from functions",
    });
  }
}
