import { type Cidr, type Family, families, parseCidr } from "./cidr";

export type Addresses = Readonly<Record<Family, readonly string[]>>;

/** Why a published list is not believed. */
export type Refusal = "no-list" | "no-ipv4" | "not-a-range" | "too-broad" | "too-much-at-once" | "does-not-fit";

export type Decision =
  | { readonly kind: "refuse"; readonly reason: Refusal; readonly detail: string }
  /** What to write into which set; a set that is right already is not among them. */
  | { readonly kind: "write"; readonly sets: Partial<Addresses> };

/** The shortest prefix that is believed: GitHub's ranges are far smaller, and a typing error must not let half the internet in. */
const shortestPrefix: Readonly<Record<Family, number>> = { v4: 8, v6: 16 };

/** A set may change by this share of its entries at once, rounded down. */
const largestChange = 0.5;

/** Says what becomes of what is kept of a list, given that list of GitHub's answer; a family that is not kept is left out.
 *
 * A set's change is the entries added and removed together, against the entries that are there: in a set of four, one
 * may be exchanged for another. An empty set may be filled. If one set is refused, neither is written.
 */
export function decide(list: unknown, present: Partial<Addresses>): Decision {
  if (!Array.isArray(list) || list.length === 0) return refuse("no-list", typeof list);
  const published: Record<Family, Map<string, string>> = { v4: new Map(), v6: new Map() };
  for (const text of list) {
    const range = typeof text === "string" ? parseCidr(text) : undefined;
    if (range === undefined) return refuse("not-a-range", shown(text));
    if (isTooBroad(range)) return refuse("too-broad", shown(text));
    published[range.family].set(range.key, String(text));
  }
  if (published.v4.size === 0) return refuse("no-ipv4", `${published.v6.size} IPv6 ranges`);

  const sets: Partial<Record<Family, readonly string[]>> = {};
  for (const family of families) {
    const kept = present[family];
    if (kept === undefined) continue;
    const before = new Set(kept.map((text) => parseCidr(text)?.key ?? text));
    const after = published[family];
    const added = [...after.keys()].filter((key) => !before.has(key)).length;
    const removed = [...before].filter((key) => !after.has(key)).length;
    const changed = added + removed;
    if (before.size > 0 && changed > before.size * largestChange)
      return refuse("too-much-at-once", `${added} added and ${removed} removed of ${before.size} in ${family}`);
    if (changed > 0) sets[family] = [...after.values()];
  }
  return { kind: "write", sets };
}

const isTooBroad = ({ family, prefixLength }: Cidr): boolean => prefixLength < shortestPrefix[family];

const refuse = (reason: Refusal, detail: string): Decision => ({ kind: "refuse", reason, detail });

const shown = (value: unknown): string => (typeof value === "string" ? value.slice(0, 60) : typeof value);
