import { loadEnvironment } from "../../src/config/load";
import { reachabilityCheck } from "../../src/security/reachability/reachability-check";
import { estateOf } from "../../src/terraform/estate";
import { type ChangeableNetwork, changedNetwork } from "./changed-network";

const { network } = loadEnvironment("production");
const vpc = "${aws_vpc.vpc.id}";
const privateRoutes = "${aws_route_table.vpc_private-a-routes_BA66FC88.id}";

const refused: readonly [
  what: string,
  change: (network: ChangeableNetwork) => void,
  because: RegExp,
  stack?: string,
][] = [
  [
    "a peering, which no reader knows",
    ({ add }) => add("aws_vpc_peering_connection", "partner", { vpc_id: vpc, peer_vpc_id: "vpc-1" }),
    /^aws_vpc_peering_connection\.partner: reachability does not know what this type does in a network$/,
  ],
  [
    "rules in the older form",
    ({ add }) => add("aws_security_group_rule", "older", { type: "ingress", cidr_blocks: ["0.0.0.0/0"] }),
    /^aws_security_group_rule\.older: reachability does not know/,
  ],
  [
    "rules inside a group",
    ({ one }) => {
      one("aws_security_group", "groups_endpoints").ingress = [{ protocol: "-1", from_port: 0, to_port: 0 }];
    },
    /^aws_security_group\.\S+: reachability does not know what ingress does$/,
  ],
  [
    "something else in a private subnet",
    ({ add }) => add("aws_lb", "inner", { internal: true, subnets: ["${aws_subnet.vpc_private-a_D294078F.id}"] }),
    /^aws_lb\.inner: reachability does not know what this type does in a network$/,
  ],
  [
    "something placed by a block of its own",
    ({ add }) => add("aws_ecs_service", "inner", { network_configuration: { subnets: ["subnet-1"] } }),
    /^aws_ecs_service\.inner: reachability does not know/,
  ],
  [
    "IPv6 in a subnet",
    ({ one }) => {
      one("aws_subnet", "private-a").ipv6_cidr_block = "2600:1f18::/64";
    },
    /^aws_subnet\.\S+: reachability does not know what ipv6_cidr_block does$/,
  ],
  [
    "IPv6 of a function",
    ({ one }) => {
      const { vpc_config } = one("aws_lambda_function", "probe") as { vpc_config: Record<string, unknown> };
      vpc_config.ipv6_allowed_for_dual_stack = true;
    },
    /^aws_lambda_function\.probe\.vpc_config: IPv6 is not read here/,
    "service",
  ],
  [
    "a group that nobody wrote down",
    ({ one }) => {
      const { vpc_config } = one("aws_lambda_function", "probe") as { vpc_config: Record<string, unknown> };
      vpc_config.security_group_ids = ["sg-0a1b2c3d"];
    },
    /^aws_lambda_function\.probe\.vpc_config\.security_group_ids: the id of a aws_security_group or .*, not "sg-0a1b2c3d"$/,
    "service",
  ],
  [
    "a function of a made-up group",
    ({ one }) => {
      const { vpc_config } = one("aws_lambda_function", "probe") as { vpc_config: Record<string, unknown> };
      vpc_config.security_group_ids = [];
    },
    /^aws_lambda_function\.probe\.vpc_config: it has no security_group_ids$/,
    "service",
  ],
  [
    "a subnet on the VPC's default network ACL",
    ({ remove }) => remove("aws_network_acl_association", "private-subnet-1"),
    /^aws_subnet\.\S+: it has 0 aws_network_acl_associations, where one is wanted$/,
  ],
  [
    "a subnet on the VPC's main route table",
    ({ remove }) => remove("aws_route_table_association", "private-a-routing"),
    /^aws_subnet\.\S+: it has 0 aws_route_table_associations, where one is wanted$/,
  ],
  [
    "a route inside the VPC",
    ({ one }) => {
      one("aws_route", "private-a-nat").destination_cidr_block = "10.20.32.0/20";
    },
    /^aws_route\.\S+: it bends the way between interfaces of the VPC$/,
  ],
  [
    "a route through an appliance",
    ({ add }) =>
      add("aws_route", "appliance", {
        route_table_id: privateRoutes,
        destination_cidr_block: "198.51.100.0/24",
        network_interface_id: "eni-1",
      }),
    /^aws_route\.appliance: reachability does not know what network_interface_id does$/,
  ],
  [
    "a route that may cut S3 in two",
    ({ one, add }) =>
      add("aws_route", "narrow", { ...one("aws_route", "private-a-nat"), destination_cidr_block: "52.216.0.0/15" }),
    /^aws_route\.narrow: whether 52\.216\.0\.0-52\.217\.255\.255 holds the addresses of aws_vpc_endpoint\.\S+ is known to AWS only$/,
  ],
  [
    "a denial that may cut S3 in two",
    ({ one, add }) =>
      add("aws_network_acl_rule", "denied", {
        ...one("aws_network_acl_rule", "private-out-100"),
        rule_number: 50,
        rule_action: "deny",
        cidr_block: "52.216.0.0/15",
      }),
    /^aws_network_acl_rule\.denied: whether 52\.216\.0\.0-52\.217\.255\.255 holds the addresses of aws_vpc_endpoint\.\S+ is known to AWS only$/,
  ],
  [
    "a rule for a part of a subnet",
    ({ one }) => {
      one("aws_network_acl_rule", "private-in-100").cidr_block = "10.20.16.0/24";
    },
    /^aws_network_acl_rule\.\S+: it holds a part of 10\.20\.16\.0-10\.20\.31\.255 only; name the whole or none of it$/,
  ],
  [
    "a list of addresses that only AWS knows",
    ({ one }) => {
      one("aws_vpc_security_group_egress_rule", "functions-to-s3").prefix_list_id = "pl-63a5400a";
    },
    /^aws_vpc_security_group_egress_rule\.\S+\.prefix_list_id: the list of a gateway endpoint, .*, not "pl-63a5400a"$/,
  ],
  [
    "a rule for IPv6",
    ({ one }) => {
      one("aws_vpc_security_group_egress_rule", "functions-egress-to-internet").cidr_ipv6 = "::/0";
    },
    /^aws_vpc_security_group_egress_rule\.\S+: reachability does not know what cidr_ipv6 does$/,
  ],
  [
    "a rule without a peer",
    ({ one }) => {
      one("aws_vpc_security_group_egress_rule", "functions-egress-to-internet").cidr_ipv4 = null;
    },
    /^aws_vpc_security_group_egress_rule\.\S+: it names 0 peers, where one is wanted$/,
  ],
  [
    "TCP without ports",
    ({ one }) => {
      one("aws_network_acl_rule", "private-in-200").from_port = null;
    },
    /^aws_network_acl_rule\.\S+: its ports are undefined to 3388; write both out, from 0 to 65535$/,
  ],
  [
    "a range that is none",
    ({ one }) => {
      one("aws_network_acl_rule", "private-in-200").cidr_block = "10.20.0.1/16";
    },
    /^aws_network_acl_rule\.\S+: "10\.20\.0\.1\/16" is not an IPv4 range$/,
  ],
  [
    "an action that is none",
    ({ one }) => {
      one("aws_network_acl_rule", "private-in-200").rule_action = "maybe";
    },
    /^aws_network_acl_rule\.\S+: its rule_action is maybe, where allow or deny is wanted$/,
  ],
  [
    "an endpoint of somebody else's service",
    ({ one }) => {
      one("aws_vpc_endpoint", "bedrock-endpoint").service_name = "com.amazonaws.vpce.us-east-1.vpce-svc-1/x";
    },
    /^aws_vpc_endpoint\.bedrock-endpoint: "com\.amazonaws\.\S+" is not a service of AWS$/,
  ],
  [
    "a number that is worked out later",
    ({ one }) => {
      one("aws_network_acl_rule", "private-in-200").from_port = "${var.first_port}";
    },
    /^aws_network_acl_rule\.\S+\.from_port: a number is wanted, not unknown/,
  ],
];

describe("what cannot be read is a finding, never a way that is fine", () => {
  test.each(refused)("%s", (...[, change, because, stack]) => {
    const { looked, findings, table } = reachabilityCheck(changedNetwork(change, stack), network);

    expect(findings).toEqual([expect.stringMatching(because)]);
    expect(looked).toBe("nothing, as the JSON cannot be read");
    expect(table).toEqual([]);
  });

  test("an environment without a VPC", () => {
    expect(reachabilityCheck(estateOf([]), network).findings).toEqual([
      "the estate: it has 0 VPCs, where one is wanted",
    ]);
  });
});
