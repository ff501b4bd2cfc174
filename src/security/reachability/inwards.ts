import type { Resource } from "../../terraform/estate";
import type { Place } from "./addresses";
import { placeOf } from "./classes";
import { answersLost, type Side, throughAcl, throughGroups } from "./gates";
import type { Endpoint, Network, PlacedFunction, Subnet } from "./network";
import { routeFor } from "./outwards";
import type { Traffic } from "./traffic";
import { stopped, type Way, wayThrough, worst } from "./way";

interface Interface {
  readonly subnet: Subnet;
  readonly groups: readonly Resource[];
}

/** How far a packet comes from one interface of the VPC to another. Inside one subnet no ACL is asked. */
export function between(network: Network, from: Interface, to: Interface, packet: Traffic): Way {
  const start = sideOf(from);
  const end = sideOf(to);
  const leaves = throughGroups(network, from.groups, "egress", packet, end);
  const enters = throughGroups(network, to.groups, "ingress", packet, start);
  if (from.subnet.at === to.subnet.at) return wayThrough([leaves, enters], () => []);
  const { protocol } = packet;
  return wayThrough(
    [
      leaves,
      throughAcl(from.subnet.acl, "egress", packet, end.place),
      throughAcl(to.subnet.acl, "ingress", packet, start.place),
      enters,
    ],
    () => [
      { acl: to.subnet.acl, direction: "egress", lost: answersLost(to.subnet.acl, "egress", protocol, start.place) },
      {
        acl: from.subnet.acl,
        direction: "ingress",
        lost: answersLost(from.subnet.acl, "ingress", protocol, end.place),
      },
    ],
  );
}

const sideOf = ({ subnet, groups }: Interface): Side => ({ place: placeOf(subnet.range), groups });

/** How far a packet comes to an interface endpoint: to each of its interfaces, as its name answers with all of them. */
export function toInterface(network: Network, from: Interface, { at, reachedBy }: Endpoint, packet: Traffic): Way {
  if (reachedBy.kind === "route") return stopped(`${at.address} has no interface`);
  if (!reachedBy.ownName) {
    return stopped(
      `the service's name does not lead to ${at.address}: private_dns_enabled and both DNS settings of the VPC must be on`,
    );
  }
  return worst(reachedBy.subnets.map((subnet) => between(network, from, { subnet, groups: reachedBy.groups }, packet)));
}

/** How far a packet comes from outside the VPC to a function in one of its subnets. */
export function fromOutside(
  network: Network,
  { groups }: PlacedFunction,
  subnet: Subnet,
  place: Place,
  packet: Traffic,
): Way {
  const route = routeFor(subnet, place);
  const direct = route?.target.type === "aws_internet_gateway";
  return wayThrough(
    [
      throughGroups(network, groups, "ingress", packet, { place, groups: [] }),
      throughAcl(subnet.acl, "ingress", packet, place),
      direct
        ? { lets: true, by: route.at.address }
        : { lets: false, by: `${subnet.table.address} has no internet gateway: a NAT gateway opens nothing inwards` },
    ],
    () => [],
  );
}
