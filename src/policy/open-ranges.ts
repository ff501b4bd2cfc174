import type { Block } from "../terraform/estate";
import type { Look } from "./look";
import { textsOf } from "./policies";

/** The widest ranges that a private network can have: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
const widestPrivate = { ipv4: 8, ipv6: 7 };

/** Whether a CIDR reaches beyond every private network: `0.0.0.0/0`, `::/0`, and half of the internet as well. */
function isOpenRange(range: string): boolean {
  const length = /\/(\d{1,3})$/.exec(range.trim())?.[1];
  return length !== undefined && Number(length) < (range.includes(":") ? widestPrivate.ipv6 : widestPrivate.ipv4);
}

/** The first open CIDR in one of these attributes; undefined where there is none. */
export function openRangeIn(look: Look, block: Block, attributes: readonly string[]): string | undefined {
  return attributes.flatMap((attribute) => toldTexts(look, block, attribute)).find(isOpenRange);
}

/** The first open CIDR in the prefix lists of this estate that an attribute refers to. */
export function openRangeInLists(look: Look, block: Block, attribute: string): string | undefined {
  for (const value of look.items(block, attribute)) {
    if (value.kind !== "reference" || value.resource.type !== "aws_ec2_managed_prefix_list") continue;
    const list = value.resource;
    const entries = [
      ...look.blocks(list, "entry"),
      ...look.linked(list, "aws_ec2_managed_prefix_list_entry", "prefix_list_id"),
    ];
    const found = entries.map((entry) => openRangeIn(look, entry, ["cidr"])).find((range) => range !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The literal texts of an attribute; one that cannot be told is kept as such. */
function toldTexts(look: Look, block: Block, attribute: string): string[] {
  const values = look.items(block, attribute);
  if (values.some(({ kind }) => kind === "unknown")) look.literal(block, attribute);
  return textsOf(values);
}
