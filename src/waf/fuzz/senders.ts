import { text, texts } from "../../terraform/blocks";
import { type Estate, estateOf, type Resource } from "../../terraform/estate";

const numbered = (count: number, address: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => address(index));

/** Networks that are put into the address sets of the JSON, as a person would put them there by hand; for documentation
 * (RFC 5737, RFC 3849). One address is in both. */
const added: Readonly<Record<string, readonly string[]>> = {
  "deny-v4": ["203.0.113.64/28"],
  "deny-v6": ["2001:db8:dead::/48"],
  "allow-v4": ["192.0.2.0/28", "203.0.113.66/32"],
  "allow-v6": ["2001:db8:a110::/48"],
};

/** Who sends. The pools are bounded, so that senders come back and the memory of the rates stays small. */
export const senders = {
  denied: [...numbered(16, (n) => `203.0.113.${64 + n}`), ...numbered(8, (n) => `2001:db8:dead::${n.toString(16)}`)],
  trusted: [...numbered(16, (n) => `192.0.2.${n}`), ...numbered(8, (n) => `2001:db8:a110::${n.toString(16)}`)],
  /** In the ranges that GitHub publishes, see `src/config/defaults.ts`. */
  github: [
    ...numbered(8, (n) => `192.30.252.${10 + n}`),
    ...numbered(8, (n) => `140.82.112.${10 + n}`),
    ...numbered(4, (n) => `2606:50c0::${n + 1}`),
    ...numbered(4, (n) => `2a0a:a440::${n + 1}`),
  ],
  others: [...numbered(200, (n) => `198.51.100.${n}`), ...numbered(100, (n) => `2001:db8:1::${n.toString(16)}`)],
} as const;

/** The estate with the denied and trusted senders in its address sets, which are empty before the first incident. */
export function withSenders(estate: Estate): Estate {
  return estateOf(
    [...estate.values()].map((stack) => ({ ...stack, resources: [...stack.resources.values()].map(filled) })),
  );
}

function filled(resource: Resource): Resource {
  if (resource.type !== "aws_wafv2_ip_set") return resource;
  const [, more] = Object.entries(added).find(([set]) => text(resource, "name")?.endsWith(`-${set}`)) ?? [];
  if (!more) return resource;
  return { ...resource, attributes: { ...resource.attributes, addresses: [...texts(resource, "addresses"), ...more] } };
}
