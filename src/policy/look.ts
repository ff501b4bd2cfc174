import { blocks } from "../terraform/blocks";
import { type Block, dataSources, type Estate, managedResources, type Resource } from "../terraform/estate";
import type { Json } from "../terraform/json";
import { describe, resolve, type Value } from "../terraform/resolve";
import { isEmpty, type Links, linksOf } from "./links";
import { providerBlocks } from "./provider-blocks";

/** A place whose value decides and cannot be told before it is applied. */
export interface Untold {
  readonly at: Block;
  readonly attribute: string;
  readonly reason: string;
}

/** How a rule looks at an estate.
 *
 * A reference to an attribute that AWS fills in counts as set, and as whatever is asked of it: nobody can write a wrong
 * value there. One that leads nowhere does too, but is kept as untold: the engine reports it, for unknown is no pass.
 */
export interface Look {
  /** Managed resources of these types. */
  resources(...types: readonly string[]): Resource[];
  /** Managed resources of whatever type. */
  everyResource(): Resource[];
  data(...types: readonly string[]): Resource[];
  /** Provider blocks, as places to report at. */
  providers(): Resource[];
  blocks(parent: Block, name: string): Block[];
  /** Present, and not null, an empty text, an empty list or an empty object. */
  isSet(block: Block, attribute: string): boolean;
  /** Set, and what is asked for where it is a literal. */
  holds(block: Block, attribute: string, isRight: (literal: Json) => boolean): boolean;
  /** The literal; undefined where it is absent or not told. */
  literal(block: Block, attribute: string): Json | undefined;
  text(block: Block, attribute: string): string | undefined;
  number(block: Block, attribute: string): number | undefined;
  /** Items of a list attribute as written, each resolved by itself; a single value is a list of one. */
  items(block: Block, attribute: string): Value[];
  /** The resource that an attribute refers to. */
  target(block: Block, attribute: string): Resource | undefined;
  /** Resources of a type whose attribute refers to this one, or names it by one of its literal attributes. */
  linked(to: Resource, type: string, attribute: string): Resource[];
  untold(): readonly Untold[];
}

/** `links` are those of the estate; whoever looks at it often hands them in. */
export function lookAt(estate: Estate, links: Links = linksOf(estate)): Look {
  const untold: Untold[] = [];

  const valueAt = (block: Block, attribute: string): Value | undefined => {
    const written = block.attributes[attribute];
    return isEmpty(written) ? undefined : resolve(written as Json, block.stack);
  };
  const literal = (block: Block, attribute: string): Json | undefined => {
    const value = valueAt(block, attribute);
    if (value?.kind === "unknown") untold.push({ at: block, attribute, reason: value.reason });
    return value?.kind === "literal" ? value.value : undefined;
  };
  return {
    everyResource: () => managedResources(estate),
    resources: (...types) => types.flatMap((type) => managedResources(estate, type)),
    data: (...types) => types.flatMap((type) => dataSources(estate, type)),
    providers: () => providerBlocks(estate),
    blocks,
    isSet: (block, attribute) => valueAt(block, attribute) !== undefined,
    holds(block, attribute, isRight) {
      const value = valueAt(block, attribute);
      if (value?.kind === "unknown") untold.push({ at: block, attribute, reason: value.reason });
      return value !== undefined && (value.kind !== "literal" || isRight(value.value));
    },
    literal,
    text(block, attribute) {
      const found = literal(block, attribute);
      return typeof found === "string" ? found : undefined;
    },
    number(block, attribute) {
      const found = literal(block, attribute);
      const parsed = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
      return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
    },
    items(block, attribute) {
      const written = block.attributes[attribute];
      if (isEmpty(written)) return [];
      if (Array.isArray(written)) return written.map((item) => resolve(item, block.stack));
      const whole = resolve(written as Json, block.stack);
      if (whole.kind === "literal" && Array.isArray(whole.value)) {
        return whole.value.map((value) => ({ kind: "literal", value }));
      }
      return [whole];
    },
    target(block, attribute) {
      const value = valueAt(block, attribute);
      return value?.kind === "reference" ? value.resource : undefined;
    },
    linked: links,
    untold: () => untold,
  };
}

/** Says what an attribute holds, for messages. */
export const saidOf = (look: Look, block: Block, attribute: string): string => {
  const [first, ...others] = look.items(block, attribute);
  return first === undefined ? "nothing" : [first, ...others].map(describe).join(", ");
};
