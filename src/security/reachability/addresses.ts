import { ipRange, isNetwork } from "../../../functions/shared/ip-address";
import type { Resource } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";

/** A range of IPv4 addresses, or of ports, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Where a packet goes to or comes from: one of these addresses, or one of those that AWS keeps in a prefix list. */
export type Place =
  | { readonly kind: "addresses"; readonly range: Range }
  | { readonly kind: "list"; readonly endpoint: Resource };

export const everyAddress: Range = { first: 0, last: 2 ** 32 - 1 };

/** Ranges in which no public address lies (RFC 1918, 6598, 3927, 1122). */
const privateRanges = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
];

/** Reads an IPv4 range in CIDR form. Throws where it is none, or has bits behind its prefix. */
export function cidrRange(cidr: string, at: string): Range {
  const range = ipRange(cidr);
  if (range?.bits !== 32 || !isNetwork(range)) throw new UnreadableError(at, `"${cidr}" is not an IPv4 range`);
  const first = Number(range.value);
  return { first, last: first + 2 ** (32 - range.prefixLength) - 1 };
}

/** Whether a range holds a place. Throws where that depends on which of the place's addresses is meant. */
export function holds(range: Range, place: Place, at: string): boolean {
  if (place.kind === "addresses") {
    if (isWithin(place.range, range)) return true;
    if (!overlap(place.range, range)) return false;
    throw new UnreadableError(
      at,
      `it holds a part of ${saidOfAddresses(place.range)} only; name the whole or none of it`,
    );
  }
  if (isWithin(everyAddress, range)) return true;
  if (privateRanges.some((each) => isWithin(range, cidrRange(each, at)))) return false;
  throw new UnreadableError(
    at,
    `whether ${saidOfAddresses(range)} holds the addresses of ${place.endpoint.address} is known to AWS only`,
  );
}

/** Whether a range holds all addresses of a place for certain: enough of an answer for a rule that only lets through.
 *
 * A narrow range that may hold addresses of a list is asked about as addresses of its own.
 */
export function surelyHolds(range: Range, place: Place, at: string): boolean {
  return place.kind === "list" ? isWithin(everyAddress, range) : holds(range, place, at);
}

export const isWithin = (inner: Range, outer: Range): boolean => outer.first <= inner.first && inner.last <= outer.last;

export const overlap = (one: Range, other: Range): boolean => one.first <= other.last && other.first <= one.last;

/** Cuts a range wherever one of the others begins or ends: inside a piece, none of them tells two values apart. */
export function pieces(whole: Range, cuts: readonly Range[]): Range[] {
  const starts = cuts.flatMap(({ first, last }) => [first, last + 1]);
  const inside = [...new Set([whole.first, ...starts.filter((start) => start > whole.first && start <= whole.last)])];
  const sorted = inside.sort((left, right) => left - right);
  return sorted.map((first, index) => ({ first, last: (sorted[index + 1] ?? whole.last + 1) - 1 }));
}

/** Joins neighbours of a sorted list. */
export function joined(ranges: readonly Range[]): Range[] {
  const done: Range[] = [];
  for (const range of ranges) {
    const previous = done.at(-1);
    if (previous?.last !== range.first - 1) done.push(range);
    else done[done.length - 1] = { first: previous.first, last: range.last };
  }
  return done;
}

/** `10.20.0.0-10.20.255.255`. */
export const saidOfAddresses = ({ first, last }: Range): string => [first, last].map(dotted).join("-");

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/** `443`, `1024-65535`. */
export const saidOfPorts = ({ first, last }: Range): string => (first === last ? `${first}` : `${first}-${last}`);
