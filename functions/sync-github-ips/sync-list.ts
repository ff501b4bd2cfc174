import type { Log } from "../shared/log";
import { decide } from "./decide";
import { RefusedListError } from "./refused-list-error";

/** What the list holds, and the version that a change of it must name. */
export interface HeldList {
  readonly addresses: readonly string[];
  readonly version: number;
  readonly maxEntries: number;
}

export interface ListChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The version that was read; Amazon EC2 refuses the change where there is a newer one. */
  readonly version: number;
}

export interface ListPorts {
  readonly read: () => Promise<HeldList>;
  readonly write: (change: ListChange) => Promise<void>;
}

/** Brings the list of addresses that functions may call to what GitHub publishes for its API, IPv4 alone.
 *
 * Throws a `RefusedListError`, or whatever Amazon EC2 answered; the next run, an hour later, tries anew.
 */
export async function syncList(published: unknown, { read, write }: ListPorts, log: Log): Promise<void> {
  const { addresses, version, maxEntries } = await read();
  const decision = decide(published, { v4: addresses });
  if (decision.kind === "refuse") throw new RefusedListError(decision.reason, decision.detail);
  const wanted = decision.sets.v4;
  if (wanted === undefined) return;
  if (wanted.length > maxEntries) {
    throw new RefusedListError(
      "does-not-fit",
      `${wanted.length} ranges for ${maxEntries} entries; name them in network.githubCidrs and deploy`,
    );
  }
  const change = {
    added: wanted.filter((cidr) => !addresses.includes(cidr)),
    removed: addresses.filter((cidr) => !wanted.includes(cidr)),
  };
  await write({ ...change, version });
  log.info("prefix-list-written", change);
}
