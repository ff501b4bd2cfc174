import { block, flag, text } from "../../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { cidrRange, isWithin } from "./addresses";
import { refuseUnknown } from "./known-attributes";
import type { Endpoint, Network, PlacedFunction, Subnet } from "./network";
import { groupTypes, readGroupRules } from "./read-groups";
import { readSubnets } from "./read-subnets";
import { onlyOne, referred, referredList } from "./references";

/** Reads the one VPC of an estate, what stands in it and the functions placed in it.
 *
 * Throws `UnreadableError` where a value, an attribute or a type of resource is not understood.
 */
export function readNetwork(estate: Estate): Network {
  refuseUnknown(estate);
  const vpc = onlyOne(managedResources(estate, "aws_vpc"), "the estate", "VPCs");
  const vpcRange = cidrRange(text(vpc, "cidr_block") ?? "", vpc.address);
  const subnets = readSubnets(estate);
  const bent = subnets.flatMap(({ routes }) => routes).find(({ range }) => isWithin(range, vpcRange));
  if (bent) throw new UnreadableError(bent.at.address, "it bends the way between interfaces of the VPC");
  const subnetOf = (at: Resource): Subnet =>
    onlyOne(
      subnets.filter((subnet) => subnet.at === at),
      at.address,
      "subnets",
    );
  return {
    vpcRange,
    subnets,
    groupRules: readGroupRules(estate),
    endpoints: managedResources(estate, "aws_vpc_endpoint").map((at) => readEndpoint(at, subnetOf)),
    natSubnets: new Map(
      managedResources(estate, "aws_nat_gateway").map((at) => {
        referred(at, "allocation_id", "aws_eip");
        return [at, subnetOf(referred(at, "subnet_id", "aws_subnet"))];
      }),
    ),
    functions: managedResources(estate, "aws_lambda_function").flatMap((at) => readFunction(at, subnetOf)),
  };
}

function readFunction(at: Resource, subnetOf: (at: Resource) => Subnet): PlacedFunction[] {
  const placed = block(at, "vpc_config");
  if (placed === undefined) return [];
  if (flag(placed, "ipv6_allowed_for_dual_stack")) {
    throw new UnreadableError(placed.address, "IPv6 is not read here, so nothing is known about it");
  }
  const name = text(at, "function_name");
  if (name === undefined) throw new UnreadableError(at.address, "it has no function_name");
  return [
    {
      at,
      name,
      subnets: referredList(placed, "subnet_ids", "aws_subnet").map(subnetOf),
      groups: referredList(placed, "security_group_ids", ...groupTypes),
    },
  ];
}

function readEndpoint(at: Resource, subnetOf: (at: Resource) => Subnet): Endpoint {
  const vpc = referred(at, "vpc_id", "aws_vpc");
  const serviceName = text(at, "service_name") ?? "";
  const [, service] = /^com\.amazonaws\.[\w-]+\.([\w.-]+)$/.exec(serviceName) ?? [];
  if (service === undefined) throw new UnreadableError(at.address, `"${serviceName}" is not a service of AWS`);
  const kind = text(at, "vpc_endpoint_type");
  if (kind === "Gateway") {
    return {
      at,
      vpc,
      service,
      reachedBy: { kind: "route", tables: referredList(at, "route_table_ids", "aws_route_table") },
    };
  }
  if (kind !== "Interface") throw new UnreadableError(at.address, `its vpc_endpoint_type is ${kind}`);
  // Terraform's defaults: DNS support is on, host names are off.
  const resolves = flag(vpc, "enable_dns_support") !== false && flag(vpc, "enable_dns_hostnames") === true;
  return {
    at,
    vpc,
    service,
    reachedBy: {
      kind: "interface",
      subnets: referredList(at, "subnet_ids", "aws_subnet").map(subnetOf),
      groups: referredList(at, "security_group_ids", ...groupTypes),
      ownName: resolves && flag(at, "private_dns_enabled") === true,
    },
  };
}
