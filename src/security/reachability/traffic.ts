import { number, text } from "../../terraform/blocks";
import type { Block } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { isWithin, overlap, type Range } from "./addresses";

/** What a rule is about, or a packet is: a protocol (`tcp`, `udp`, `icmp`, `all`, a number) and its ports.
 *
 * Protocols without ports have all of them.
 */
export interface Traffic {
  readonly protocol: string;
  readonly ports: Range;
}

export const everyPort: Range = { first: 0, last: 65535 };

/** Ports on which a function, or a NAT gateway in its place, takes answers.
 *
 * Amazon VPC User Guide, "Custom network ACLs", ephemeral ports: Lambda functions and NAT gateways use 1024-65535.
 */
export const answerPorts: Range = { first: 1024, last: 65535 };

/** Protocols by number (IANA). */
const protocolNames: Readonly<Record<string, string>> = { "-1": "all", "1": "icmp", "6": "tcp", "17": "udp" };

/** Reads protocol and ports of a rule. Throws where TCP or UDP come without ports. */
export function trafficOf(rule: Block, protocolAttribute: "ip_protocol" | "protocol"): Traffic {
  const written = text(rule, protocolAttribute)?.toLowerCase();
  if (written === undefined) throw new UnreadableError(rule.address, `it has no ${protocolAttribute}`);
  const protocol = protocolNames[written] ?? written;
  if (!hasPorts(protocol)) return { protocol, ports: everyPort };
  const first = number(rule, "from_port");
  const last = number(rule, "to_port");
  if (first === undefined || last === undefined || first < 0 || last > everyPort.last || last < first) {
    throw new UnreadableError(rule.address, `its ports are ${first} to ${last}; write both out, from 0 to 65535`);
  }
  return { protocol, ports: { first, last } };
}

export const hasPorts = (protocol: string): boolean => protocol === "tcp" || protocol === "udp";

/** Whether a rule is about a packet. A packet whose ports it knows in part only must be cut before it is asked about. */
export function isAbout(rule: Traffic, packet: Traffic): boolean {
  if (rule.protocol !== "all" && rule.protocol !== packet.protocol) return false;
  if (!overlap(rule.ports, packet.ports)) return false;
  if (isWithin(packet.ports, rule.ports)) return true;
  throw new Error(`Ports ${packet.ports.first}-${packet.ports.last} are to be cut where a rule begins or ends.`);
}
