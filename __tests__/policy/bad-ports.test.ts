import { net01 } from "../../src/policy/rules/net-01-nothing-comes-in-from-anywhere";
import { net02 } from "../../src/policy/rules/net-02-outgoing-traffic-has-ports";
import { net09 } from "../../src/policy/rules/net-09-acls-name-a-protocol";
import type { JsonObject } from "../../src/terraform/json";
import { foundInStack } from "./estate-found";
import type { Fragment } from "./fragment";

type Ports = { from_port: JsonObject[string]; to_port: JsonObject[string]; protocol?: string };

const inside = "10.0.0.0/16";
const groupRule = ({ protocol = "tcp", ...ports }: Ports): JsonObject => ({
  ...ports,
  protocol,
  cidr_blocks: [inside],
});
const aclRule = ({ protocol = "tcp", ...ports }: Ports): JsonObject => ({ ...ports, protocol, cidr_block: inside });

/** Every form of a rule with ports: its name, the security rule that reads it, the place of its ports. */
const forms: readonly (readonly [string, typeof net01, string, (ports: Ports) => Fragment])[] = [
  [
    "an ingress rule by itself",
    net01,
    "aws_vpc_security_group_ingress_rule.tls",
    ({ protocol = "tcp", ...ports }) => ({
      aws_vpc_security_group_ingress_rule: { tls: { ...ports, ip_protocol: protocol, cidr_ipv4: inside } },
    }),
  ],
  [
    "an egress rule by itself",
    net02,
    "aws_vpc_security_group_egress_rule.tls",
    ({ protocol = "tcp", ...ports }) => ({
      aws_vpc_security_group_egress_rule: { tls: { ...ports, ip_protocol: protocol, cidr_ipv4: inside } },
    }),
  ],
  [
    "a rule in the older form",
    net01,
    "aws_security_group_rule.tls",
    (ports) => ({ aws_security_group_rule: { tls: { ...groupRule(ports), type: "ingress" } } }),
  ],
  [
    "an ingress rule in its group",
    net01,
    "aws_security_group.tls.ingress[1]",
    (ports) => ({
      aws_security_group: { tls: { ingress: [groupRule({ from_port: 443, to_port: 443 }), groupRule(ports)] } },
    }),
  ],
  [
    "an egress rule in its group",
    net02,
    "aws_security_group.tls.egress[0]",
    (ports) => ({ aws_security_group: { tls: { egress: groupRule(ports) } } }),
  ],
  [
    "a rule of a network ACL by itself",
    net09,
    "aws_network_acl_rule.tls",
    (ports) => ({ aws_network_acl_rule: { tls: { ...aclRule(ports), egress: true, rule_action: "deny" } } }),
  ],
  [
    "a rule in its network ACL",
    net09,
    "aws_network_acl.tls.ingress[0]",
    (ports) => ({ aws_network_acl: { tls: { ingress: { ...aclRule(ports), action: "allow" } } } }),
  ],
  [
    "a rule in the default network ACL",
    net09,
    "aws_default_network_acl.tls.egress[0]",
    (ports) => ({ aws_default_network_acl: { tls: { egress: [{ ...aclRule(ports), action: "allow" }] } } }),
  ],
];

const wanted = "a port from 0 to 65535, or -1 for all, is wanted, not";

describe.each(forms)("%s", (_form, rule, place, written) => {
  const found = (ports: Ports) => foundInStack(rule, written(ports));
  const resource = place.split(".").slice(0, 2).join(".");
  const finding = (reason: string) => [`data: ${resource} cannot be judged at ${place}.${reason}`];

  it.each<[string, Ports, string]>([
    ["is upside down", { from_port: 443, to_port: 80 }, "from_port: it is 443, above to_port 80"],
    ["is upside down in text", { from_port: "443", to_port: "80" }, "from_port: it is 443, above to_port 80"],
    ["is upside down in UDP", { from_port: 53, to_port: 52, protocol: "17" }, "from_port: it is 53, above to_port 52"],
    ["begins below zero", { from_port: -5, to_port: 443 }, `from_port: ${wanted} -5`],
    ["ends beyond the last port", { from_port: 1024, to_port: 65536 }, `to_port: ${wanted} 65536`],
    ["is a name", { from_port: "https", to_port: "https" }, `from_port: ${wanted} "https"`],
    ["is a fraction", { from_port: 443, to_port: 443.5 }, `to_port: ${wanted} 443.5`],
    ["is a list", { from_port: [443], to_port: 443 }, `from_port: ${wanted} [443]`],
    ["is a truth value", { from_port: true, to_port: true }, `from_port: ${wanted} true`],
  ])("is a finding that names stack and path where its range %s", (_, ports, reason) => {
    expect(found(ports)).toEqual(finding(reason));
  });

  it.each<[string, Ports]>([
    ["numbers in text", { from_port: "443", to_port: "443" }],
    ["the last port", { from_port: 65535, to_port: 65535 }],
    ["a type and a code of ICMP", { from_port: 8, to_port: 0, protocol: "icmp" }],
    ["a type and a code of ICMP, by its number", { from_port: 128, to_port: 0, protocol: "58" }],
  ])("may have %s", (_, ports) => {
    expect(found(ports)).toEqual([]);
  });
});
