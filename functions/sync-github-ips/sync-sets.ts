import type { Log } from "../shared/log";
import { type Family, families } from "./cidr";
import { decide } from "./decide";
import { RefusedListError } from "./refused-list-error";

/** What a set holds, with the token that a write of it must show. */
export interface HeldSet {
  readonly addresses: readonly string[];
  readonly lockToken: string;
}

export interface SetPorts {
  readonly read: (family: Family) => Promise<HeldSet>;
  /** Throws a `WAFOptimisticLockException` where somebody else wrote since the read. */
  readonly write: (family: Family, addresses: readonly string[], lockToken: string) => Promise<void>;
  /** Waits until the next write is due: AWS WAF takes one a second of an account. */
  readonly pause: () => Promise<void>;
}

/** Brings the firewall's two sets to the published addresses of deliveries.
 *
 * Throws a `RefusedListError`, or whatever AWS WAF answered. Where somebody wrote into a set meanwhile, both are read and
 * judged once more, and once only.
 */
export async function syncSets(published: unknown, ports: SetPorts, log: Log): Promise<void> {
  try {
    await bringTo(published, ports, log);
  } catch (error) {
    if (!isLockLost(error)) throw error;
    log.warn("ip-set-written-meanwhile", {});
    await ports.pause();
    await bringTo(published, ports, log);
  }
}

async function bringTo(published: unknown, { read, write, pause }: SetPorts, log: Log): Promise<void> {
  const [v4, v6] = await Promise.all([read("v4"), read("v6")]);
  const held = { v4, v6 };
  const decision = decide(published, { v4: v4.addresses, v6: v6.addresses });
  if (decision.kind === "refuse") throw new RefusedListError(decision.reason, decision.detail);
  const writes = families.flatMap((family) => {
    const addresses = decision.sets[family];
    return addresses ? [{ family, addresses }] : [];
  });
  for (const [index, { family, addresses }] of writes.entries()) {
    if (index > 0) await pause();
    await write(family, addresses, held[family].lockToken);
    log.info("ip-set-written", { family, addresses });
  }
}

const isLockLost = (error: unknown): boolean => error instanceof Error && error.name === "WAFOptimisticLockException";
