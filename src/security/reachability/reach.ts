import { joined, type Place, type Range, saidOfAddresses } from "./addresses";
import { https, outsideClasses, packetClasses, placeOf } from "./classes";
import { saidOf } from "./gates";
import { between, fromOutside, toInterface } from "./inwards";
import type { Endpoint, Network, PlacedFunction, Subnet } from "./network";
import { outwards } from "./outwards";
import type { Traffic } from "./traffic";
import { stopped, type Way, worst } from "./way";

/** What a function can send to from one of its subnets, and what is stopped although it could be wanted. */
export interface Reach {
  readonly placed: PlacedFunction;
  readonly subnet: Subnet;
  /** By name of the destination: a service, `any host on tcp 443`, `probe on tcp 8080`. */
  readonly ways: ReadonlyMap<string, Way>;
  /** Ways from outside the VPC to it; empty in order. */
  readonly inwards: ReadonlyMap<string, Way>;
}

/** Hosts outside that have a name together. */
export interface NamedHosts {
  readonly name: string;
  readonly ranges: readonly Range[];
}

/** Every function in the VPC, from each of its subnets. */
export function reaches(network: Network, named: readonly NamedHosts[]): Reach[] {
  return network.functions.flatMap((placed) =>
    placed.subnets.map((subnet) => ({
      placed,
      subnet,
      ways: new Map([
        ...network.endpoints.flatMap((endpoint) => toService(network, placed, subnet, endpoint)),
        ...toHosts(network, named, placed, subnet),
        ...toFunctions(network, placed, subnet),
      ]),
      inwards: new Map(
        outsideWays(network, named, (place, packet) => fromOutside(network, placed, subnet, place, packet)),
      ),
    })),
  );
}

type NamedWay = readonly [string, Way];

/** Over TLS a service is wanted; on any other port it is told where it is reached. */
function toService(network: Network, placed: PlacedFunction, subnet: Subnet, endpoint: Endpoint): NamedWay[] {
  const { service, at } = endpoint;
  const send = (packet: Traffic): NamedWay[] => {
    const name = saidOf(packet) === saidOf(https) ? service : `${service} on ${saidOf(packet)}`;
    if (endpoint.reachedBy.kind === "interface") {
      return [[name, toInterface(network, { subnet, groups: placed.groups }, endpoint, packet)]];
    }
    const way = outwards(network, placed, subnet, { kind: "list", endpoint: at }, packet);
    if (way.by === at || way.verdict === "stopped") return [[name, way]];
    return [
      [name, stopped(`${subnet.table.address} has no route to ${at.address}`)],
      [`${name} through NAT`, way],
    ];
  };
  const others = packetClasses(network).filter((packet) => saidOf(packet) !== saidOf(https));
  return [...send(https), ...others.flatMap(send).filter(([, { verdict }]) => verdict !== "stopped")];
}

/** Hosts outside the VPC that are not of a service with a gateway endpoint; over TLS it is told, too, what stops any. */
function toHosts(network: Network, named: readonly NamedHosts[], placed: PlacedFunction, subnet: Subnet): NamedWay[] {
  const send = (place: Place, packet: Traffic) => outwards(network, placed, subnet, place, packet);
  const anyHost = worst(outsideClasses(network).map((range) => send(placeOf(range), https)));
  return [...outsideWays(network, named, send), [`any host on ${saidOf(https)}`, anyHost]];
}

function outsideWays(
  network: Network,
  named: readonly NamedHosts[],
  ask: (place: Place, packet: Traffic) => Way,
): NamedWay[] {
  const outside = outsideClasses(network);
  return packetClasses(network).flatMap((packet): NamedWay[] => {
    const open = outside
      .map((range) => ({ range, way: ask(placeOf(range), packet) }))
      .filter(({ way }) => way.verdict !== "stopped");
    if (open.length === 0) return [];
    const all = open.length === outside.length;
    const hosts = all ? "any host" : nameOf(joined(open.map(({ range }) => range)), named);
    return [[`${hosts} on ${saidOf(packet)}`, worst(open.map(({ way }) => way))]];
  });
}

/** Their common name where they are exactly the hosts that bear it. */
function nameOf(ranges: readonly Range[], named: readonly NamedHosts[]): string {
  const said = (each: readonly Range[]) => each.map(saidOfAddresses).join(", ");
  const inOrder = (each: readonly Range[]) => joined([...each].sort((left, right) => left.first - right.first));
  return named.find((hosts) => said(inOrder(hosts.ranges)) === said(ranges))?.name ?? said(ranges);
}

function toFunctions(network: Network, placed: PlacedFunction, subnet: Subnet): NamedWay[] {
  const from = { subnet, groups: placed.groups };
  return network.functions.flatMap((other) =>
    packetClasses(network).flatMap((packet): NamedWay[] => {
      const ways = other.subnets.map((at) => between(network, from, { subnet: at, groups: other.groups }, packet));
      const open = ways.filter(({ verdict }) => verdict !== "stopped");
      return open.length === 0 ? [] : [[`${other.name} on ${saidOf(packet)}`, worst(open)]];
    }),
  );
}

/** One question: does a function reach a service, or a host outside, over a port. */
export function ask(
  network: Network,
  { placed, subnet }: Pick<Reach, "placed" | "subnet">,
  to: { readonly service: string } | { readonly host: Range },
  packet: Traffic = https,
): Way {
  if ("host" in to) return outwards(network, placed, subnet, placeOf(to.host), packet);
  const endpoint = network.endpoints.find(({ service }) => service === to.service);
  if (endpoint === undefined) return stopped(`there is no endpoint of ${to.service}`);
  return endpoint.reachedBy.kind === "interface"
    ? toInterface(network, { subnet, groups: placed.groups }, endpoint, packet)
    : outwards(network, placed, subnet, { kind: "list", endpoint: endpoint.at }, packet);
}
