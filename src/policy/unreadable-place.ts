import type { Estate } from "../terraform/estate";
import type { UnreadableError } from "../terraform/unreadable";

/** The resource that a block stands in. */
export const resourceAddress = (address: string): string =>
  address
    .split(".")
    .slice(0, address.startsWith("data.") ? 3 : 2)
    .join(".");

/** Where something cannot be read. The error does not say in which stack; an address may stand in several. */
export function unreadablePlace({ address: place }: UnreadableError, estate: Estate) {
  const address = resourceAddress(place);
  const stacks = [...estate.values()].filter(({ resources }) => resources.has(address));
  return { stack: stacks.map(({ name }) => name).join(" or ") || "unknown", address };
}
