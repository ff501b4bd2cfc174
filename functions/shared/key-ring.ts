import type { SecretReader } from "./secret-store";
import { graceEndMs, type RingKey, type RingState, type RingVersion, ringVersion, usableKeys } from "./usable-keys";

/** Keys of one secret: every labelled version of it.
 *
 * A sender that signs with one key has no overlap of two, so the receiver carries it: during a rotation the sender
 * changes before AWSCURRENT moves.
 */
export interface KeyRing {
  /** Keys that count now, where the secret need not be read first; else `undefined`. */
  keysAtHand(): readonly RingKey[] | undefined;
  /** Keys that count now; may read the secret first. Never throws: an unreachable secret leaves the keys as they are. */
  keys(): Promise<readonly RingKey[]>;
  /** Reads the secret once more because no key matched, at most once per cooldown. */
  refreshAfterMiss(): Promise<"refreshed" | "cooling-down" | "failed">;
}

export interface KeyRingProps {
  readonly secret: SecretReader;
  /** How long a version that is AWSPREVIOUS only still counts after the switch. */
  readonly previousGraceSeconds: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly onRefreshFailure: (error: unknown) => void;
  /** @default 300, one metadata call in five minutes */
  readonly refreshSeconds?: number;
  /** Between two reads for a miss, and after a failed read; a rotation waits longer before it changes the sender. @default 5 */
  readonly missCooldownSeconds?: number;
}

/** Key ring that reads its secret when it must and remembers values: a version never changes. */
export function keyRing(props: KeyRingProps): KeyRing {
  const { secret, clock, refreshSeconds = 300, missCooldownSeconds = 5 } = props;
  let cache = new Map<string, RingVersion>();
  let state: RingState = { versions: [] };
  let counted: { readonly of: RingState; readonly untilMs: number; readonly keys: readonly RingKey[] } | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let missRefreshAt = Number.NEGATIVE_INFINITY;

  const refreshMs = refreshSeconds * 1000;
  const missCooldownMs = missCooldownSeconds * 1000;

  const read = async (versionId: string, labels: readonly string[]): Promise<RingVersion | undefined> => {
    const known = cache.get(versionId);
    if (known) return { ...known, labels };
    const version = await secret.get(versionId);
    return version && ringVersion(versionId, labels, version);
  };

  const load = async (): Promise<RingState> => {
    const { stages, lastChangedAt } = await secret.describe();
    const labelled = Object.entries(stages).filter(([, labels]) => labels.length > 0);
    const versions = await Promise.all(labelled.map(([versionId, labels]) => read(versionId, labels)));
    return { versions: versions.filter((version) => version !== undefined), ...(lastChangedAt && { lastChangedAt }) };
  };

  const refresh = async (): Promise<"refreshed" | "failed"> => {
    try {
      state = await load();
      cache = new Map(state.versions.map((version) => [version.versionId, version]));
      loadedAt = clock();
      failedAt = Number.NEGATIVE_INFINITY;
      return "refreshed";
    } catch (error) {
      failedAt = clock();
      props.onRefreshFailure(error);
      return "failed";
    }
  };

  const isDue = (now: number) => now - loadedAt >= refreshMs && now - failedAt >= missCooldownMs;

  const counting = (now: number): readonly RingKey[] => {
    if (counted?.of === state && now < counted.untilMs) return counted.keys;
    const endMs = graceEndMs(state, props.previousGraceSeconds);
    const keys = usableKeys(state, now, props.previousGraceSeconds);
    counted = { of: state, untilMs: now < endMs ? endMs : Number.POSITIVE_INFINITY, keys };
    return keys;
  };

  return {
    keysAtHand() {
      const now = clock();
      return isDue(now) ? undefined : counting(now);
    },
    async keys() {
      if (isDue(clock())) await refresh();
      return counting(clock());
    },
    async refreshAfterMiss() {
      const now = clock();
      if (now - failedAt < missCooldownMs) return "failed";
      if (now - missRefreshAt < missCooldownMs) return "cooling-down";
      missRefreshAt = now;
      return refresh();
    },
  };
}
