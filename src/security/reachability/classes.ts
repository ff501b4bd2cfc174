import { everyAddress, overlap, type Place, pieces, type Range } from "./addresses";
import type { Network } from "./network";
import { everyPort, hasPorts, type Traffic } from "./traffic";

/** What every service and host is called by. */
export const https: Traffic = { protocol: "tcp", ports: { first: 443, last: 443 } };

const anotherProtocol = "another protocol";

/** Packets that stand for all packets: within one of them no rule tells two ports or protocols apart. */
export function packetClasses(network: Network): Traffic[] {
  const rules = [...network.groupRules, ...network.subnets.flatMap(({ acl }) => acl.rules)].map(
    ({ traffic }) => traffic,
  );
  const named = rules.map(({ protocol }) => protocol).filter((protocol) => protocol !== "all");
  const protocols = [...new Set(["tcp", "udp", "icmp", ...named, anotherProtocol])];
  const ports = pieces(
    everyPort,
    [...rules, https].map((rule) => rule.ports),
  );
  return protocols.flatMap((protocol) =>
    hasPorts(protocol) ? ports.map((range) => ({ protocol, ports: range })) : [{ protocol, ports: everyPort }],
  );
}

/** Ranges outside the VPC that stand for all its addresses: within one of them no rule and no route tells two apart. */
export function outsideClasses(network: Network): Range[] {
  const ranges = [
    network.vpcRange,
    ...network.groupRules.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === "range" ? [peer.range] : []))),
    ...network.subnets.flatMap(({ acl, routes }) => [...acl.rules, ...routes].map(({ range }) => range)),
  ];
  return pieces(everyAddress, ranges).filter((range) => !overlap(range, network.vpcRange));
}

export const placeOf = (range: Range): Place => ({ kind: "addresses", range });
