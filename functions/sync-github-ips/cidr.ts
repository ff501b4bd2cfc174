import { ipRange, isNetwork } from "../shared/ip-address";

export const families = ["v4", "v6"] as const;
export type Family = (typeof families)[number];

export interface Cidr {
  readonly family: Family;
  readonly prefixLength: number;
  /** The same for every spelling of a range: AWS WAF answers with IPv6 written out in full, GitHub publishes it short. */
  readonly key: string;
}

/** The range, or undefined where the text is none: no prefix, or an address with bits behind it. */
export function parseCidr(text: string): Cidr | undefined {
  const range = ipRange(text);
  // An IPv6 address with an IPv4 address at its end: no network is written so.
  if (!range || (range.bits === 128 && text.includes("."))) return undefined;
  if (!isNetwork(range)) return undefined;
  const { value, bits, prefixLength } = range;
  const family = bits === 32 ? "v4" : "v6";
  return { family, prefixLength, key: `${family} ${value.toString(16)}/${prefixLength}` };
}
