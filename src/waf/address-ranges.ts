import { ipAddress, ipRange } from "../../functions/shared/ip-address";

/** True if the address lies in one of the ranges; a range of the other family holds none. Throws for what is neither. */
export function inRanges(address: string, ranges: readonly AddressRange[]): boolean {
  const read = ipAddress(address);
  if (!read) throw new Error(`${JSON.stringify(address)} is neither an IPv4 nor an IPv6 address`);
  return ranges.some(({ bits, shift, prefix }) => bits === read.bits && read.value >> shift === prefix);
}

export interface AddressRange {
  readonly bits: 32 | 128;
  /** Bits that may differ. */
  readonly shift: bigint;
  readonly prefix: bigint;
}

/** Reads `192.0.2.0/24` or `2001:db8::/32`; throws for anything else. */
export function addressRange(cidr: string): AddressRange {
  const range = ipRange(cidr);
  if (!range) throw new Error(`${JSON.stringify(cidr)} is not a range such as 192.0.2.0/24`);
  const shift = BigInt(range.bits - range.prefixLength);
  return { bits: range.bits, shift, prefix: range.value >> shift };
}
