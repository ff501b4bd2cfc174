import { type Estate, managedResources } from "../../terraform/estate";
import { isObject, type Json } from "../../terraform/json";
import { UnreadableError } from "../../terraform/unreadable";

/** Attributes of the network's resources that are read, or that change nothing about who reaches whom. */
const knownAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ["cidr_block", "enable_dns_support", "enable_dns_hostnames"],
  aws_subnet: ["vpc_id", "cidr_block", "availability_zone", "map_public_ip_on_launch"],
  aws_internet_gateway: ["vpc_id"],
  aws_nat_gateway: ["allocation_id", "subnet_id"],
  aws_eip: ["domain"],
  aws_route_table: ["vpc_id"],
  aws_route_table_association: ["subnet_id", "route_table_id"],
  aws_route: ["route_table_id", "destination_cidr_block", "nat_gateway_id", "gateway_id"],
  aws_network_acl: ["vpc_id"],
  aws_network_acl_association: ["network_acl_id", "subnet_id"],
  aws_network_acl_rule: [
    "network_acl_id",
    "rule_number",
    "egress",
    "rule_action",
    "protocol",
    "from_port",
    "to_port",
    "cidr_block",
  ],
  aws_default_security_group: ["vpc_id"],
  aws_security_group: ["vpc_id", "name", "description"],
  aws_vpc_security_group_egress_rule: groupRuleAttributes(),
  aws_vpc_security_group_ingress_rule: groupRuleAttributes(),
  aws_ec2_managed_prefix_list: ["name", "address_family", "max_entries", "entry"],
  aws_vpc_endpoint: [
    "vpc_id",
    "service_name",
    "vpc_endpoint_type",
    "private_dns_enabled",
    "subnet_ids",
    "security_group_ids",
    "route_table_ids",
    "policy",
  ],
};

function groupRuleAttributes(): string[] {
  const traffic = ["ip_protocol", "from_port", "to_port"];
  const peers = ["cidr_ipv4", "prefix_list_id", "referenced_security_group_id"];
  return ["security_group_id", "description", ...traffic, ...peers];
}

const harmless = ["//", "tags", "depends_on", "lifecycle", "provider", "region"];

/** Types that could open or close a way: networks, gateways, what hangs into subnets or changes names in them. */
const networkTypes =
  /^aws_(vpc|vpn|subnet|route$|route_|nat_|internet_|egress_|security_group|network_|networkfirewall|default_(vpc|subnet|route|network|security)|main_route|eip|ec2_|customer_gateway|dx_|ram_|route53_resolver|route53_vpc|vpclattice)/;

/** Attributes by which something is placed into a subnet, guarded by a group, or given names in a VPC. */
const placings =
  /^(subnets?|subnet_ids?|subnet_mapping|security_groups?|security_group_ids|vpc_security_group_ids|vpc)$/;

/** Throws where the JSON holds something of a network that this proof does not know: it could open or close a way. */
export function refuseUnknown(estate: Estate): void {
  for (const { type, address, attributes } of managedResources(estate)) {
    const known = knownAttributes[type];
    if (known !== undefined) {
      const unknown = Object.entries(attributes).find(
        ([name, written]) => written !== null && ![...harmless, ...known].includes(name),
      );
      if (unknown) throw new UnreadableError(address, `reachability does not know what ${unknown[0]} does`);
    } else if (networkTypes.test(type) || (type !== "aws_lambda_function" && isPlaced(attributes))) {
      throw new UnreadableError(address, "reachability does not know what this type does in a network");
    }
  }
}

function isPlaced(written: Json): boolean {
  if (Array.isArray(written)) return written.some(isPlaced);
  if (!isObject(written)) return false;
  return Object.entries(written).some(([name, inner]) => (placings.test(name) && inner !== null) || isPlaced(inner));
}
