import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import type { Look } from "./look";

export const lastPort = 65535;
/** AWS takes -1 for every port, and for every type of ICMP. */
const every = -1;

export interface PortRange {
  /** Undefined where it is absent or not told. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The ports of a rule. Throws where they are none, or upside down: AWS refuses them, so what is meant is not known. */
export function portRange(look: Look, block: Block, protocol: string | undefined): PortRange {
  const from = portAt(look, block, "from_port");
  const to = portAt(look, block, "to_port");
  if (from !== undefined && to !== undefined && from > to && isOrdered(protocol)) {
    throw new UnreadableError(`${block.address}.from_port`, `it is ${from}, above to_port ${to}`);
  }
  return { from, to };
}

/** In ICMP the two are a type and a code; all protocols have neither. */
const isOrdered = (protocol: string | undefined): boolean => !["all", "icmp", "icmpv6"].includes(protocol ?? "");

function portAt(look: Look, block: Block, attribute: string): number | undefined {
  const written = look.literal(block, attribute);
  if (written === undefined) return undefined;
  const port = look.number(block, attribute);
  if (port !== undefined && Number.isInteger(port) && port >= every && port <= lastPort) return port;
  throw new UnreadableError(
    `${block.address}.${attribute}`,
    `a port from 0 to ${lastPort}, or ${every} for all, is wanted, not ${JSON.stringify(written)}`,
  );
}
