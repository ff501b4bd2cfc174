import { value, values } from "../../terraform/blocks";
import type { Block, Resource } from "../../terraform/estate";
import { describe, type Value } from "../../terraform/resolve";
import { UnreadableError } from "../../terraform/unreadable";

/** The managed resource whose id an attribute holds. Throws where it holds anything else, or nothing. */
export function referred(block: Block, name: string, ...types: readonly string[]): Resource {
  const found = value(block, name);
  if (found === undefined) throw new UnreadableError(block.address, `it has no ${name}`);
  return resourceOf(found, `${block.address}.${name}`, types);
}

/** The managed resources whose ids a list holds. Throws like `referred`; an empty list is refused. */
export function referredList(block: Block, name: string, ...types: readonly string[]): Resource[] {
  const found = values(block, name).map((item) => resourceOf(item, `${block.address}.${name}`, types));
  if (found.length === 0) throw new UnreadableError(block.address, `it has no ${name}`);
  return found;
}

function resourceOf(found: Value, at: string, types: readonly string[]): Resource {
  if (found.kind === "reference" && found.attribute === "id" && found.resource.mode === "managed") {
    if (types.includes(found.resource.type)) return found.resource;
  }
  throw new UnreadableError(at, `the id of a ${types.join(" or a ")} of this estate is wanted, not ${describe(found)}`);
}

/** The one item; throws where there is none or another. */
export function onlyOne<T>(items: readonly T[], at: string, noun: string): T {
  const [first, second] = items;
  if (first === undefined || second !== undefined) {
    throw new UnreadableError(at, `it has ${items.length} ${noun}, where one is wanted`);
  }
  return first;
}
