import type { Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import { type Family, families } from "./cidr";
import { decide, type Refusal } from "./decide";

/** What a set holds, with the token that a write of it must show. */
export interface HeldSet {
  readonly addresses: readonly string[];
  readonly lockToken: string;
}

export interface SyncPorts {
  /** `hooks` of GitHub's answer; throws where there is no answer. */
  readonly published: () => Promise<unknown>;
  readonly read: (family: Family) => Promise<HeldSet>;
  /** Throws a `WAFOptimisticLockException` where somebody else wrote since the read. */
  readonly write: (family: Family, addresses: readonly string[], lockToken: string) => Promise<void>;
  /** Waits until the next write is due: AWS WAF takes one a second of an account. */
  readonly pause: () => Promise<void>;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** The published list is not believed; both sets stay as they were. */
export class RefusedListError extends Error {
  override readonly name = "RefusedListError";

  constructor(reason: Refusal, detail: string) {
    super(`GitHub's list of addresses is refused: ${reason}, ${detail}. The firewall keeps the former one.`);
  }
}

/** Brings the firewall's two sets to what GitHub publishes.
 *
 * Throws a `RefusedListError`, or whatever GitHub or AWS WAF answered: a run that fails is what the alarm counts. Where
 * somebody wrote into a set meanwhile, both are read and judged once more, and once only.
 */
export async function syncGithubIps(ports: SyncPorts): Promise<void> {
  const hooks = await ports.published();
  try {
    await bringTo(hooks, ports);
  } catch (error) {
    if (!isLockLost(error)) throw error;
    ports.log.warn("ip-set-written-meanwhile", {});
    await ports.pause();
    await bringTo(hooks, ports);
  }
}

async function bringTo(hooks: unknown, { read, write, pause, record, log }: SyncPorts): Promise<void> {
  const [v4, v6] = await Promise.all([read("v4"), read("v6")]);
  const held = { v4, v6 };
  const decision = decide(hooks, { v4: v4.addresses, v6: v6.addresses });
  record("Service", "sync-github-ips", { GithubIpsRefused: decision.kind === "refuse" ? 1 : 0 });
  if (decision.kind === "refuse") {
    const { reason, detail } = decision;
    log.error("github-ips-refused", { reason, detail });
    throw new RefusedListError(reason, detail);
  }
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
