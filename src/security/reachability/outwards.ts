import type { Resource } from "../../terraform/estate";
import { holds, type Place } from "./addresses";
import { answersLost, saidOfPlace, throughAcl, throughGroups } from "./gates";
import type { Network, PlacedFunction, Route, Subnet } from "./network";
import type { Traffic } from "./traffic";
import { type Return, stopped, type Way, wayThrough } from "./way";

/** A way out of the VPC, and by what it leaves. */
export interface OutwardWay extends Way {
  /** A gateway endpoint or a NAT gateway; undefined where nothing leaves. */
  readonly by?: Resource;
}

const none = () => [];

/** How far a packet to a place outside the VPC comes from a function in one of its subnets.
 *
 * The way out: groups of the function, ACL of its subnet, route; then an endpoint, or ACL and route of the NAT
 * gateway's subnet. The way back passes the same ACLs, which keep no state.
 */
export function outwards(
  network: Network,
  { groups }: PlacedFunction,
  subnet: Subnet,
  place: Place,
  packet: Traffic,
): OutwardWay {
  const first = [
    throughGroups(network, groups, "egress", packet, { place, groups: [] }),
    throughAcl(subnet.acl, "egress", packet, place),
  ];
  const answer = (): Return => ({
    acl: subnet.acl,
    direction: "ingress",
    lost: answersLost(subnet.acl, "ingress", packet.protocol, place),
  });
  const route = routeFor(subnet, place);
  const endpoint = endpointFor(network, subnet, place);
  if (endpoint) {
    return { ...wayThrough([...first, { lets: true, by: endpoint.address }], () => [answer()]), by: endpoint };
  }
  if (route === undefined) {
    const by = `${subnet.table.address} has no route to ${saidOfPlace(place)}`;
    return wayThrough([...first, { lets: false, by }], none);
  }
  const nat = route.target;
  const natSubnet = network.natSubnets.get(nat);
  if (natSubnet === undefined) {
    const by = `${route.at.address} leads to ${nat.address}, which carries nothing from an interface without public address`;
    return wayThrough([...first, { lets: false, by }], none);
  }
  if (natSubnet.at === subnet.at) return stopped(`${nat.address} stands in the subnet that it should serve`);
  const out = routeFor(natSubnet, place);
  const open = out?.target.type === "aws_internet_gateway";
  const by = out?.at.address ?? `${natSubnet.table.address} has no route to ${saidOfPlace(place)}`;
  const inside: Place = { kind: "addresses", range: subnet.range };
  const { acl } = natSubnet;
  const way = wayThrough(
    [
      ...first,
      { lets: true, by: route.at.address },
      throughAcl(acl, "ingress", packet, inside),
      throughAcl(acl, "egress", packet, place),
      { lets: open, by },
    ],
    () => [
      { acl, direction: "ingress", lost: answersLost(acl, "ingress", packet.protocol, place) },
      { acl, direction: "egress", lost: answersLost(acl, "egress", packet.protocol, inside) },
      answer(),
    ],
  );
  return { ...way, by: nat };
}

/** A gateway endpoint whose list a subnet routes to: the list's ranges are narrower than any route to the internet. */
function endpointFor({ endpoints }: Network, { table }: Subnet, place: Place): Resource | undefined {
  if (place.kind !== "list") return undefined;
  return endpoints.find(
    ({ at, reachedBy }) => at === place.endpoint && reachedBy.kind === "route" && reachedBy.tables.includes(table),
  )?.at;
}

/** The narrowest route to a place. Throws where one may lead a part of it elsewhere. */
export function routeFor({ routes }: Subnet, place: Place): Route | undefined {
  const size = ({ range }: Route) => range.last - range.first;
  return routes
    .filter(({ range, at }) => holds(range, place, at.address))
    .sort((left, right) => size(left) - size(right))[0];
}
