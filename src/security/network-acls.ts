import { NetworkAcl, NetworkAclAssociation, NetworkAclRule } from "../aws";
import { Construct } from "../cdktf";

interface AclRule {
  readonly number: number;
  readonly direction: "in" | "out";
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: "vpc" | "anywhere";
}

/** Ports of answers. From outside without 3389, which lies in the range and is the remote desktop's. */
const answersIn: readonly AclRule[] = [
  { number: 200, direction: "in", fromPort: 1024, toPort: 3388, peer: "anywhere" },
  { number: 210, direction: "in", fromPort: 3390, toPort: 65535, peer: "anywhere" },
];

/** Both tiers, by chance alike: 443 comes from the VPC (to endpoints, to NAT) and goes anywhere; answers travel back. */
const rules: readonly AclRule[] = [
  { number: 100, direction: "in", fromPort: 443, toPort: 443, peer: "vpc" },
  ...answersIn,
  { number: 100, direction: "out", fromPort: 443, toPort: 443, peer: "anywhere" },
  { number: 200, direction: "out", fromPort: 1024, toPort: 65535, peer: "vpc" },
];

export interface NetworkAclsProps {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly subnets: Readonly<Record<"public" | "private", readonly string[]>>;
}

/** A network ACL for each tier: TLS out, answers in, nothing else; what no rule names, AWS denies.
 *
 * Stateless and independent of security groups, so one group opened by mistake opens no port to the internet. Free.
 * At most 20 rules a direction (Amazon VPC quotas).
 */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, props: NetworkAclsProps) {
    super(scope, id);
    for (const tier of ["public", "private"] as const) {
      const acl = new NetworkAcl(this, tier, { vpcId: props.vpcId, tags: { Name: tier } });
      for (const { number, direction, fromPort, toPort, peer } of rules) {
        new NetworkAclRule(this, `${tier}-${direction}-${number}`, {
          networkAclId: acl.id,
          ruleNumber: number,
          egress: direction === "out",
          ruleAction: "allow",
          protocol: "tcp",
          fromPort,
          toPort,
          cidrBlock: peer === "vpc" ? props.vpcCidr : "0.0.0.0/0",
        });
      }
      props.subnets[tier].forEach((subnetId, index) => {
        new NetworkAclAssociation(this, `${tier}-subnet-${index + 1}`, { networkAclId: acl.id, subnetId });
      });
    }
  }
}
