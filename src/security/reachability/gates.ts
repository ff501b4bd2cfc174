import type { Resource } from "../../terraform/estate";
import { holds, joined, type Place, pieces, type Range, saidOfAddresses, saidOfPorts, surelyHolds } from "./addresses";
import type { Acl, Direction, GroupRule, Network } from "./network";
import { answerPorts, everyPort, hasPorts, isAbout, type Traffic } from "./traffic";

/** What one group, ACL or route does with a packet, and which. */
export interface Passage {
  readonly lets: boolean;
  readonly by: string;
}

/** The other side of a group's rule: where it is, and the groups of its interface where it has one in the VPC. */
export interface Side {
  readonly place: Place;
  readonly groups: readonly Resource[];
}

/** Whether one rule of these groups lets a packet through. Groups keep state: answers are let through by themselves. */
export function throughGroups(
  { groupRules }: Network,
  groups: readonly Resource[],
  direction: Direction,
  packet: Traffic,
  other: Side,
): Passage {
  const rule = groupRules.find(
    (each) =>
      each.direction === direction &&
      groups.includes(each.group) &&
      isAbout(each.traffic, packet) &&
      isPeer(each, other),
  );
  if (rule) return { lets: true, by: rule.at.address };
  const names = groups.map(({ address }) => address).join(" and ");
  return {
    lets: false,
    by: `no ${direction} rule of ${names} is for ${saidOf(packet)} ${beyond(direction, other.place)}`,
  };
}

const isPeer = ({ peers, at }: GroupRule, { place, groups }: Side): boolean =>
  peers.some((peer) => {
    if (peer.kind === "group") return groups.includes(peer.group);
    if (peer.kind === "list") return place.kind === "list" && place.endpoint === peer.endpoint;
    return surelyHolds(peer.range, place, at.address);
  });

/** What the first rule of an ACL that is about a packet does with it; without one it is denied. */
export function throughAcl(acl: Acl, direction: Direction, packet: Traffic, place: Place): Passage {
  const rule = acl.rules.find((each) => {
    const isFor = each.allows ? surelyHolds : holds;
    return each.direction === direction && isAbout(each.traffic, packet) && isFor(each.range, place, each.at.address);
  });
  if (rule) return { lets: rule.allows, by: rule.at.address };
  return {
    lets: false,
    by: `no ${direction} rule of ${acl.at.address} is for ${saidOf(packet)} ${beyond(direction, place)}`,
  };
}

/** The ports of answers that an ACL, which keeps no state, does not let through. */
export function answersLost(acl: Acl, direction: Direction, protocol: string, place: Place): Range[] {
  if (!hasPorts(protocol)) {
    return throughAcl(acl, direction, { protocol, ports: everyPort }, place).lets ? [] : [everyPort];
  }
  const cuts = acl.rules.map(({ traffic }) => traffic.ports);
  return joined(
    pieces(answerPorts, cuts).filter((ports) => !throughAcl(acl, direction, { protocol, ports }, place).lets),
  );
}

const beyond = (direction: Direction, place: Place): string =>
  `${direction === "egress" ? "to" : "from"} ${saidOfPlace(place)}`;

export const saidOfPlace = (place: Place): string =>
  place.kind === "addresses" ? saidOfAddresses(place.range) : `the addresses of ${place.endpoint.address}`;

/** `tcp 443`. */
export const saidOf = ({ protocol, ports }: Traffic): string =>
  hasPorts(protocol) ? `${protocol} ${saidOfPorts(ports)}` : protocol;
