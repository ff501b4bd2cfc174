import { block, number, text } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";

/** Throws if a block holds a key that is not listed: what it means for a request is not known here. */
export function onlyKeys(block: Block, allowed: readonly string[]): void {
  const strange = writtenKeys(block).filter((key) => !allowed.includes(key));
  if (strange.length > 0) {
    throw new UnreadableError(block.address, `${strange.join(", ")} is not known; known are ${allowed.join(", ")}`);
  }
}

/** The one key that is written in a block, such as the kind of a statement. */
export function onlyKey<K extends string>(block: Block, allowed: readonly K[], what: string): K {
  const written = writtenKeys(block);
  const key = allowed.find((each) => each === written[0]);
  if (key === undefined || written.length !== 1) {
    const given = written.length === 0 ? "nothing" : written.join(", ");
    throw new UnreadableError(block.address, `${given} is not one ${what} that is known: ${allowed.join(", ")}`);
  }
  return key;
}

export function required<T>(value: T | undefined, { address }: Block, what: string): T {
  if (value === undefined) throw new UnreadableError(address, `${what} is missing or not known`);
  return value;
}

export const theBlock = (parent: Block, name: string): Block => required(block(parent, name), parent, name);
export const theText = (parent: Block, name: string): string => required(text(parent, name), parent, name);
export const theNumber = (parent: Block, name: string): number => required(number(parent, name), parent, name);

const writtenKeys = ({ attributes }: Block) => Object.keys(attributes).filter((key) => attributes[key] !== null);
