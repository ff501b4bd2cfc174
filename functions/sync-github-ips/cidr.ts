import { isIPv4, isIPv6 } from "node:net";

export const families = ["v4", "v6"] as const;
export type Family = (typeof families)[number];

export interface Cidr {
  readonly family: Family;
  readonly prefixLength: number;
  /** The same for every spelling of a range: AWS WAF answers with IPv6 written out in full, GitHub publishes it short. */
  readonly key: string;
}

const bits: Readonly<Record<Family, number>> = { v4: 32, v6: 128 };

/** The range, or undefined where the text is none: no prefix, or an address with bits behind it. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const number = isIPv4(address) ? numberOf(address.split("."), 10, 8n) : ipv6Number(address);
  const family = address.includes(":") ? "v6" : "v4";
  const prefixLength = Number(length);
  if (number === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length) || prefixLength > bits[family])
    return undefined;
  const hostBits = BigInt(bits[family] - prefixLength);
  if ((number >> hostBits) << hostBits !== number) return undefined;
  return { family, prefixLength, key: `${family} ${number.toString(16)}/${prefixLength}` };
}

function ipv6Number(address: string): bigint | undefined {
  // Neither a zone nor an IPv4 address at the end: no network is written so.
  if (!isIPv6(address) || /[%.]/.test(address)) return undefined;
  const [head = "", tail] = address.split("::");
  const before = head.split(":").filter(Boolean);
  const after = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return numberOf([...before, ...zeros, ...after], 16, 16n);
}

const numberOf = (parts: readonly string[], base: number, width: bigint): bigint =>
  parts.reduce((number, part) => (number << width) | BigInt(Number.parseInt(part, base)), 0n);
