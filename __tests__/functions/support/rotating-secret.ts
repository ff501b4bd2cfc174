import type {
  MovedLabel,
  Rotation,
  RotationProgress,
  RotationState,
  Verified,
} from "../../../functions/rotate-secret/ports";

type Version = { labels: readonly string[]; secretString?: string; createdAt?: Date };

export const registered = { kind: "github-repo-hook", target: { repository: "acme/shop", hookId: 7 } };

/** The string of a secret that was made for what is registered here. */
export const sealed = (value: string) =>
  `{"v":1,"kind":"github-repo-hook","target":{"repository":"acme/shop","hookId":7},"value":"${value}"}`;

export const startMs = Date.parse("2026-03-01T12:00:00Z");

/** A secret in memory that swaps labels as Secrets Manager does, with its sender, its clock and a record of every call.
 *
 * `disturb` is called before and after each call; what it throws ends the step there, as a crash would.
 */
export function rotatingSecret(versions: Record<string, Version>) {
  const state = {
    versions: new Map(Object.entries(versions).map(([id, version]) => [id, { ...version }])),
    rotationEnabled: true,
    lastRotatedAt: undefined as Date | undefined,
    tags: {} as Record<string, string>,
    nowMs: startMs,
    endsAtMs: startMs + 60_000,
    senderKey: undefined as string | undefined,
    outcome: "verified" as Verified,
    readsValueToVerify: false,
    rotationTokens: [] as (string | undefined)[],
    calls: [] as string[],
    progress: [] as RotationProgress[],
    disturb: (_call: string, _moment: "before" | "after"): void => undefined,
    /** Calls whose effect takes place and whose answer says that it did not, as after a retry. */
    answeredLost: [] as string[],
  };

  const reach = async <T>(call: string, effect: () => T): Promise<T> => {
    state.calls.push(call);
    state.disturb(call, "before");
    const answer = effect();
    state.disturb(call, "after");
    return answer;
  };
  const holder = (label: string) => [...state.versions].find(([, { labels }]) => labels.includes(label))?.[0];
  const drop = (label: string) => {
    for (const version of state.versions.values()) version.labels = version.labels.filter((each) => each !== label);
  };
  const attach = (label: string, versionId: string) => {
    drop(label);
    const version = state.versions.get(versionId);
    if (version) version.labels = [...version.labels, label];
  };
  const swap = (label: MovedLabel, { to, from }: { to: string; from?: string }) => {
    const before = holder(label);
    if (from !== undefined && from !== before) return "lost";
    if (before !== undefined && before !== to && from === undefined) return "lost";
    attach(label, to);
    if (label === "AWSCURRENT" && before !== undefined) attach("AWSPREVIOUS", before);
    return "moved";
  };

  const rotation: Rotation = {
    secret: {
      describe: () =>
        reach("describe", (): RotationState => {
          const { rotationEnabled, lastRotatedAt, tags } = state;
          const labelled = [...state.versions].filter(([, { labels }]) => labels.length > 0);
          const stages = Object.fromEntries(labelled.map(([id, { labels }]) => [id, labels]));
          return { stages, rotationEnabled, tags, ...(lastRotatedAt && { lastRotatedAt }) };
        }),
      get: (versionId) =>
        reach(`get ${versionId}`, () => {
          const { secretString, createdAt = new Date(0) } = state.versions.get(versionId) ?? {};
          return secretString === undefined ? undefined : { secretString, createdAt };
        }),
      put: (versionId, secretString, rotationToken) =>
        reach(`put ${versionId}`, () => {
          const version = state.versions.get(versionId);
          if (version?.secretString !== undefined) return "exists";
          const isFirst = [...state.versions.values()].every((each) => each.secretString === undefined);
          const labels = version?.labels ?? [];
          state.versions.set(versionId, { secretString, createdAt: new Date(state.nowMs), labels });
          state.rotationTokens.push(rotationToken);
          attach("AWSPENDING", versionId);
          if (isFirst) attach("AWSCURRENT", versionId);
          return "stored";
        }),
      move: (label, change) => {
        const call = `${label}: ${change.from ?? "nowhere"} -> ${change.to}`;
        return reach(call, () => {
          const outcome = swap(label, change);
          return state.answeredLost.includes(call) ? "lost" : outcome;
        });
      },
    },
    strategy: {
      create: async (versionId) => `key of ${versionId}`,
      apply: (value, versionId) =>
        reach(`apply ${value} as ${versionId}`, () => {
          state.senderKey = value;
        }),
      verify: async (value, versionId) => {
        const key = state.readsValueToVerify ? await value() : "a key";
        return reach(`verify ${key} as ${versionId}`, () => state.outcome);
      },
      dryRun: () => reach("dry run", () => undefined),
    },
    registered,
    pacing: {
      now: () => state.nowMs,
      sleep: (milliseconds) =>
        reach(`sleep ${milliseconds}`, () => {
          state.nowMs += milliseconds;
        }),
      remainingMs: () => state.endsAtMs - state.nowMs,
    },
    settleSeconds: 10,
    minIntervalSeconds: 86_400,
    onProgress: (progress) => state.progress.push(progress),
  };

  /** Labels by version, in the order of the versions. */
  const labels = () => Object.fromEntries([...state.versions].map(([id, { labels }]) => [id, labels.toSorted()]));
  return { state, rotation, labels, attach, holder };
}
