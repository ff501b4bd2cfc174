import { type Json, mapStrings } from "../../terraform/json";

/** New addresses of what two stacks call by the same one, by the address within the stack. */
export type Renamed = ReadonlyMap<string, string>;

/** Rewrites references to renamed resources: in expressions, and where an address stands bare, as in `depends_on`. */
export function withNewAddresses(written: Json, renamed: Renamed): Json {
  if (renamed.size === 0) return written;
  return mapStrings(written, (text) => {
    const isBare = renamed.has(text);
    return isBare || text.includes("${") ? text.replace(address, (found) => renamed.get(found) ?? found) : text;
  });
}

/** `aws_vpc.main`, `data.aws_kms_key.own`, wherever no longer word begins or ends with it. */
const address = /(?<![\w.-])(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*/g;

/** Addresses that stand in more than one stack, under the stack's name. Pure: `aws_vpc.main` of `network` becomes `aws_vpc.network-main`. */
export function renamedIn(stack: string, addresses: readonly string[], shared: ReadonlySet<string>): Renamed {
  return new Map(
    addresses
      .filter((each) => shared.has(each))
      .map((each) => [each, each.replace(/[^.]+$/, (id) => `${stack}-${id}`)]),
  );
}

/** Addresses that more than one list holds. */
export function sharedAddresses(lists: readonly (readonly string[])[]): Set<string> {
  const all = lists.flat();
  return new Set(all.filter((each, index) => all.indexOf(each) !== index));
}
