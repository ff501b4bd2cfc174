import { isIP } from "node:net";

/** An address as a number, with the length of its family. */
export interface IpAddress {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

/** An address and how many of its first bits count; whether others are set is for the caller to judge. */
export interface IpRange extends IpAddress {
  /** From 0 up to `bits`. */
  readonly prefixLength: number;
}

/** Reads `192.0.2.0/24` or `2001:db8::/32`; undefined for anything else. */
export function ipRange(text: string): IpRange | undefined {
  const [start = "", length = "", more] = text.split("/");
  const address = ipAddress(start);
  if (!address || more !== undefined || !/^\d{1,3}$/.test(length) || Number(length) > address.bits) return undefined;
  return { ...address, prefixLength: Number(length) };
}

/** Whether no bit behind the prefix is set, as of a network; `192.0.2.1/24` is an address in one. */
export function isNetwork({ value, bits, prefixLength }: IpRange): boolean {
  const hostBits = BigInt(bits - prefixLength);
  return (value >> hostBits) << hostBits === value;
}

/** Reads an address in any spelling but one with a zone, which no other machine knows; undefined for anything else. */
export function ipAddress(text: string): IpAddress | undefined {
  const family = text.includes("%") ? 0 : isIP(text);
  if (family === 4) return { value: joined(text.split(".").map(Number), 8n), bits: 32 };
  if (family === 6) return { value: joined(groupsOf(text), 16n), bits: 128 };
  return undefined;
}

/** The eight groups of an IPv6 address, with its `::` filled up. */
function groupsOf(text: string): number[] {
  const [before = [], after = []] = text.split("::").map((part) => part.split(":").filter(Boolean).flatMap(numbers));
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** One group, or the two of a dotted end. */
function numbers(group: string): number[] {
  if (!group.includes(".")) return [Number.parseInt(group, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}

const joined = (parts: readonly number[], width: bigint) =>
  parts.reduce((value, part) => (value << width) | BigInt(part), 0n);
