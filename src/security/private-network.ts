import {
  DefaultSecurityGroup,
  Eip,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
  Vpc,
} from "../aws";
import { Construct } from "../cdktf";
import type { ZonePlan } from "./subnet-plan";

export interface PrivateNetworkProps {
  readonly cidr: string;
  readonly zones: readonly ZonePlan[];
  /** One gateway for all zones saves about 32 USD a month; the loss of its zone then stops egress from the others. */
  readonly natGateways: "single" | "per-zone";
}

const anywhere = "0.0.0.0/0";

/** A VPC whose functions live in private subnets and reach the internet only outwards, through NAT.
 *
 * One route table a zone, so that a second NAT gateway changes one route and nothing else. The
 * default security group is emptied: whatever is started without a group can talk to nothing. A NAT gateway costs
 * 32.85 USD a month and 0.045 per GB, its address 3.65. Loss of the network is FS-02.
 */
export class PrivateNetwork extends Construct {
  readonly vpcId: string;
  readonly publicSubnetIds: string[] = [];
  readonly privateSubnetIds: string[] = [];
  readonly privateRouteTableIds: string[] = [];

  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    const vpc = new Vpc(this, "Default", {
      cidrBlock: props.cidr,
      // Without both, private names of interface endpoints do not resolve.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "platform" },
    });
    this.vpcId = vpc.id;
    new DefaultSecurityGroup(this, "default-group", { vpcId: vpc.id });

    const internet = new InternetGateway(this, "internet", { vpcId: vpc.id });
    const publicRoutes = new RouteTable(this, "public-routes", { vpcId: vpc.id, tags: { Name: "public" } });
    new Route(this, "public-internet", {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: anywhere,
      gatewayId: internet.id,
    });

    let nat: NatGateway | undefined;
    for (const { letter, zone, publicCidr, privateCidr } of props.zones) {
      const subnet = (tier: string, cidrBlock: string, routes: RouteTable) => {
        const created = new Subnet(this, `${tier}-${letter}`, {
          vpcId: vpc.id,
          cidrBlock,
          availabilityZone: zone,
          mapPublicIpOnLaunch: false,
          tags: { Name: `${tier}-${letter}` },
        });
        new RouteTableAssociation(this, `${tier}-${letter}-routing`, { subnetId: created.id, routeTableId: routes.id });
        return created.id;
      };

      const publicSubnetId = subnet("public", publicCidr, publicRoutes);
      this.publicSubnetIds.push(publicSubnetId);
      if (nat === undefined || props.natGateways === "per-zone") {
        nat = new NatGateway(this, `nat-${letter}`, {
          allocationId: new Eip(this, `nat-${letter}-address`, { domain: "vpc" }).id,
          subnetId: publicSubnetId,
          tags: { Name: `nat-${letter}` },
          // AWS refuses a NAT gateway in a VPC that has no way out.
          dependsOn: [internet],
        });
      }

      const routes = new RouteTable(this, `private-${letter}-routes`, {
        vpcId: vpc.id,
        tags: { Name: `private-${letter}` },
      });
      new Route(this, `private-${letter}-nat`, {
        routeTableId: routes.id,
        destinationCidrBlock: anywhere,
        natGatewayId: nat.id,
      });
      this.privateSubnetIds.push(subnet("private", privateCidr, routes));
      this.privateRouteTableIds.push(routes.id);
    }
  }
}
