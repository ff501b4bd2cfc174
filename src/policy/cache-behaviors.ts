import type { Block, Resource } from "../terraform/estate";
import type { Look } from "./look";

/** What a distribution does by path, the default first. */
export const cacheBehaviors = (look: Look, distribution: Resource): Block[] => [
  ...look.blocks(distribution, "default_cache_behavior"),
  ...look.blocks(distribution, "ordered_cache_behavior"),
];

/** How messages call a behaviour. */
export const behaviorName = (look: Look, behavior: Block): string => {
  const path = look.text(behavior, "path_pattern");
  return path === undefined ? "the default behaviour" : `the behaviour of ${path}`;
};
