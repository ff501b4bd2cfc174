import { isIP } from "node:net";

/** An address as a number, with the length of its family. */
interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

/** True if the address lies in one of the ranges; a range of the other family holds none. Throws for what is neither. */
export function inRanges(address: string, ranges: readonly AddressRange[]): boolean {
  const { value, bits } = addressOf(address);
  return ranges.some((range) => range.bits === bits && value >> range.shift === range.prefix);
}

export interface AddressRange {
  readonly bits: 32 | 128;
  /** Bits that may differ. */
  readonly shift: bigint;
  readonly prefix: bigint;
}

/** Reads `192.0.2.0/24` or `2001:db8::/32`; throws for anything else. */
export function addressRange(cidr: string): AddressRange {
  const [address = "", length = "", more] = cidr.split("/");
  const { value, bits } = addressOf(address);
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits || more !== undefined) {
    throw new Error(`${JSON.stringify(cidr)} is not a range such as 192.0.2.0/24`);
  }
  const shift = BigInt(bits - Number(length));
  return { bits, shift, prefix: value >> shift };
}

function addressOf(text: string): Address {
  const family = text.includes("%") ? 0 : isIP(text);
  if (family === 4) return { value: joined(text.split(".").map(Number), 8n), bits: 32 };
  if (family === 6) return { value: joined(groupsOf(text), 16n), bits: 128 };
  throw new Error(`${JSON.stringify(text)} is neither an IPv4 nor an IPv6 address`);
}

/** The eight groups of an IPv6 address, with its `::` filled up and a dotted end taken apart. */
function groupsOf(text: string): number[] {
  const [head = "", tail] = text.split("::");
  const groups = (part: string) =>
    part === ""
      ? []
      : part.split(":").flatMap((group) => {
          if (!group.includes(".")) return [Number.parseInt(group, 16)];
          const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
          return [a * 256 + b, c * 256 + d];
        });
  if (tail === undefined) return groups(head);
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const joined = (parts: readonly number[], width: bigint) =>
  parts.reduce((value, part) => (value << width) | BigInt(part), 0n);
