import type { Block } from "../terraform/estate";
import { isObject, type Json } from "../terraform/json";
import type { Look } from "./look";

/** The blocks of a name inside another, at any depth, as statements of a web ACL are nested. */
export function* blocksWithin(look: Look, parent: Block, name: string): Generator<Block> {
  for (const [key, value] of Object.entries(parent.attributes)) {
    if (!holdsBlocks(value)) continue;
    for (const child of look.blocks(parent, key)) {
      if (key === name) yield child;
      yield* blocksWithin(look, child, name);
    }
  }
}

const holdsBlocks = (value: Json): boolean =>
  isObject(value) || (Array.isArray(value) && value.length > 0 && value.every(isObject));

/** Whether a rule's `action` or `override_action` is of a kind, such as `block` or `none`. */
export const decides = (look: Look, rule: Block, by: "action" | "override_action", kind: string): boolean =>
  look.blocks(rule, by).some((action) => look.blocks(action, kind).length > 0);
