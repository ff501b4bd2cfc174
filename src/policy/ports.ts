import type { Block, Resource } from "../terraform/estate";
import type { Look } from "./look";
import { openRangeIn, openRangeInLists } from "./open-ranges";
import { lastPort, type PortRange, portRange } from "./port-range";

export type Direction = "ingress" | "egress";

interface Traffic extends PortRange {
  /** Where it is reported. */
  readonly at: Resource;
  /** The resource or the inline block that holds it. */
  readonly block: Block;
  /** Undefined where it is not told. */
  readonly direction: Direction | undefined;
  /** `all`, `tcp`, `udp`, `icmp`, `icmpv6`, or a number; undefined where it is not told. */
  readonly protocol: string | undefined;
  /** A range beyond every private network, on the other side. */
  readonly openRange: string | undefined;
}

/** A rule of a security group, in whichever of its three forms. */
export type GroupRule = Traffic;

/** A rule of a network ACL, in whichever of its two forms. */
export interface AclRule extends Traffic {
  readonly allows: boolean;
}

/** The rules of every security group but a default one, which NET-06 keeps empty. */
export function groupRules(look: Look): GroupRule[] {
  const directions: readonly Direction[] = ["ingress", "egress"];
  const separate = look
    .resources("aws_security_group_rule")
    .map((at) => groupRule(look, at, at, directionOf(look.text(at, "type"))));
  const own = directions.flatMap((direction) =>
    look.resources(`aws_vpc_security_group_${direction}_rule`).map((at) => groupRule(look, at, at, direction)),
  );
  const inline = look
    .resources("aws_security_group")
    .flatMap((at) =>
      directions.flatMap((direction) =>
        look.blocks(at, direction).map((block) => groupRule(look, at, block, direction)),
      ),
    );
  return [...own, ...separate, ...inline];
}

function groupRule(look: Look, at: Resource, block: Block, direction: Direction | undefined): GroupRule {
  const openRange =
    openRangeIn(look, block, ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"]) ??
    openRangeInLists(look, block, "prefix_list_id") ??
    openRangeInLists(look, block, "prefix_list_ids");
  const protocol = protocolOf(look.literal(block, "ip_protocol") ?? look.literal(block, "protocol"));
  return { at, block, direction, protocol, ...portRange(look, block, protocol), openRange };
}

const directionOf = (type: string | undefined): Direction | undefined =>
  type === "ingress" || type === "egress" ? type : undefined;

/** The rules of every network ACL. */
export function aclRules(look: Look): AclRule[] {
  const separate = look.resources("aws_network_acl_rule").map((at) => {
    const egress = look.literal(at, "egress");
    return aclRule(look, at, at, egress === true || egress === "true" ? "egress" : "ingress", "rule_action");
  });
  const inline = look
    .resources("aws_network_acl", "aws_default_network_acl")
    .flatMap((at) =>
      (["ingress", "egress"] as const).flatMap((direction) =>
        look.blocks(at, direction).map((block) => aclRule(look, at, block, direction, "action")),
      ),
    );
  return [...separate, ...inline];
}

function aclRule(look: Look, at: Resource, block: Block, direction: Direction, action: string): AclRule {
  const protocol = protocolOf(look.literal(block, "protocol"));
  return {
    ...{ at, block, direction, protocol, ...portRange(look, block, protocol) },
    allows: look.text(block, action)?.toLowerCase() === "allow",
    openRange: openRangeIn(look, block, ["cidr_block", "ipv6_cidr_block"]),
  };
}

/** Protocols by number (IANA), of those that have ports or types. */
const protocolNames: Readonly<Record<string, string>> = {
  "-1": "all",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

function protocolOf(written: unknown): string | undefined {
  if (typeof written !== "string" && typeof written !== "number") return undefined;
  const name = String(written).toLowerCase();
  return protocolNames[name] ?? name;
}

/** Whether a rule is for all protocols, or for all ports of one. Nothing listens on port 0, so a range from 1 is whole. */
export function isUnbounded(look: Look, { block, protocol, from, to }: GroupRule): boolean {
  if (protocol === "all") return true;
  const hasPorts = protocol === "tcp" || protocol === "udp";
  if (hasPorts && ["from_port", "to_port"].every((port) => !look.isSet(block, port))) return true;
  if (hasPorts && from === -1) return true;
  return from !== undefined && to !== undefined && from <= 1 && to >= lastPort;
}

/** Says which traffic a rule is about, for messages. */
export function saidOfPorts({ protocol, from, to }: Traffic): string {
  if (protocol === "all") return "all protocols";
  const name = protocol ?? "its protocol";
  if (from === undefined && to === undefined) return name;
  return from === to ? `${name} ${from}` : `${name} ${from ?? "?"}-${to ?? "?"}`;
}
