import type { Block } from "../terraform/estate";
import type { Look } from "./look";

/** Whether a flag that should be on is set to true, which Terraform also takes as text. */
export const isOn = (look: Look, block: Block, attribute: string): boolean => look.holds(block, attribute, isTrue);

/** Whether a flag that should be off is written as true; one that is told elsewhere is not. */
export const isWrittenOn = (look: Look, block: Block, attribute: string): boolean =>
  isTrue(look.literal(block, attribute));

const isTrue = (value: unknown): boolean => value === true || value === "true";
