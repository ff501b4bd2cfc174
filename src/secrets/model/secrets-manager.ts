import type { RotationState } from "../../../functions/rotate-secret/ports";
import type { SecretVersion } from "../../../functions/shared/secret-store";
import { type SecretState, withLabel, withoutUnlabelled } from "./secret-state";

/** An error of Secrets Manager, by the name it has there. */
export class SecretsManagerError extends Error {
  constructor(
    override readonly name:
      | "ResourceNotFoundException"
      | "ResourceExistsException"
      | "InvalidParameterException"
      | "InvalidRequestException"
      | "ThrottlingException",
    message: string,
  ) {
    super(message);
  }
}

export interface SecretsManagerKnobs {
  /** Whether the first value ever gets AWSCURRENT whatever label it is written with; unconfirmed for a secret that has a placeholder. */
  readonly firstValueGetsCurrent: boolean;
  /** Whether a move of a label counts as a change of the secret; unconfirmed. */
  readonly labelMovesChangeDate: boolean;
}

/** One secret as Secrets Manager keeps it (API reference; the edge cases of the rotation guide). Reads may lag behind.
 *
 * Versions without a label are collected at once: AWS keeps them a day at least, which nobody may count on. Their ids
 * stay taken, as they are on AWS for that day.
 */
export interface SecretsManager {
  describe(lagMs?: number): RotationState;
  /** By version id; throws ResourceNotFoundException for an unknown version and for one without a value. */
  getSecretValue(versionId: string, lagMs?: number): SecretVersion;
  putSecretValue(versionId: string, value: string, labels?: readonly string[]): void;
  updateSecretVersionStage(label: string, change: { readonly to?: string; readonly from?: string }): void;
  /** What RotateSecret does before it calls the function: a version without a value gets AWSPENDING. */
  beginRotation(versionId: string): void;
  /** What Secrets Manager does when all steps have gone through. */
  endRotation(versionId: string, leavePending: boolean): void;
  /** Takes away the version of a test of the configuration. */
  dropPlaceholder(versionId: string): void;
  cancelRotation(): void;
  enableRotation(): void;
  tag(key: string, value: string): void;
  /** Grows with every change. */
  revision(): number;
  /** Values of all labelled versions. */
  labelledValues(): readonly string[];
}

export function secretsManager(now: () => number, knobs: SecretsManagerKnobs): SecretsManager {
  const history: { readonly atMs: number; readonly state: SecretState }[] = [
    { atMs: Number.NEGATIVE_INFINITY, state: { versions: new Map(), rotationEnabled: true, tags: {} } },
  ];
  const written = new Map<string, string>();
  const current = () => history.at(-1)?.state as SecretState;
  const become = (change: Partial<SecretState>) => {
    const state = { ...current(), ...change };
    history.push({ atMs: now(), state: { ...state, versions: withoutUnlabelled(state.versions) } });
  };
  const seen = (lagMs: number): SecretState =>
    history.findLast(({ atMs }) => atMs <= now() - lagMs)?.state ?? current();
  const labelled = (label: string) => [...current().versions].find(([, { labels }]) => labels.includes(label))?.[0];
  const touched = () => (knobs.labelMovesChangeDate ? { lastChangedAt: new Date(now()) } : {});

  return {
    describe(lagMs = 0) {
      const { versions, ...state } = seen(lagMs);
      return { ...state, stages: Object.fromEntries([...versions].map(([id, { labels }]) => [id, labels])) };
    },
    getSecretValue(versionId, lagMs = 0) {
      const version = seen(lagMs).versions.get(versionId);
      if (version?.value === undefined || version.createdAt === undefined) {
        throw new SecretsManagerError("ResourceNotFoundException", "Secrets Manager can't find the specified value.");
      }
      return { secretString: version.value, createdAt: version.createdAt };
    },
    putSecretValue(versionId, value, labels = ["AWSCURRENT"]) {
      const { versions } = current();
      const held = written.get(versionId);
      if (held === value) return;
      if (held !== undefined) throw new SecretsManagerError("ResourceExistsException", "This version has a value.");
      const isFirst = [...versions.values()].every((version) => version.value === undefined);
      const getsCurrent = isFirst && knobs.firstValueGetsCurrent && !labels.includes("AWSCURRENT");
      written.set(versionId, value);
      const added = new Map(versions);
      added.set(versionId, { labels: versions.get(versionId)?.labels ?? [], value, createdAt: new Date(now()) });
      // A value written during a rotation takes AWSPENDING from the version under rotation (CloudTrail: RotationAbandoned).
      const pending = labelled("AWSPENDING");
      const abandoned = pending !== versionId ? withLabel(added, "AWSPENDING", undefined) : added;
      const all = [...labels, ...(getsCurrent ? ["AWSCURRENT"] : [])];
      const moved = all.reduce((sum, label) => withLabel(sum, label, versionId), abandoned);
      become({ versions: moved, lastChangedAt: new Date(now()) });
    },
    updateSecretVersionStage(label, { to, from }) {
      const holder = labelled(label);
      const refuse = (why: string) => new SecretsManagerError("InvalidParameterException", why);
      if (from !== undefined && from !== holder) throw refuse("The label is not on the version to remove it from.");
      if (holder !== undefined && holder !== to && from === undefined) throw refuse("The label is on another version.");
      if (label === "AWSCURRENT" && to === undefined) throw refuse("AWSCURRENT can be moved, not removed.");
      if (to !== undefined && !current().versions.has(to)) {
        throw new SecretsManagerError("ResourceNotFoundException", "There is no such version.");
      }
      become({ versions: withLabel(current().versions, label, to), ...touched() });
    },
    beginRotation(versionId) {
      const pending = labelled("AWSPENDING");
      if (pending !== undefined && pending !== versionId && pending !== labelled("AWSCURRENT")) {
        const message = "A previous rotation isn't complete. That rotation will be reattempted.";
        throw new SecretsManagerError("InvalidRequestException", message);
      }
      const versions = new Map(current().versions);
      if (!versions.has(versionId)) versions.set(versionId, { labels: [] });
      become({ versions: withLabel(versions, "AWSPENDING", versionId) });
    },
    endRotation(versionId, leavePending) {
      const { versions } = current();
      const isPending = versions.get(versionId)?.labels.includes("AWSPENDING");
      const cleared = isPending && !leavePending ? withLabel(versions, "AWSPENDING", undefined) : versions;
      become({ versions: cleared, lastRotatedAt: new Date(now()) });
    },
    dropPlaceholder(versionId) {
      const versions = new Map(current().versions);
      if (versions.get(versionId)?.value === undefined) versions.delete(versionId);
      become({ versions });
    },
    cancelRotation: () => become({ rotationEnabled: false }),
    enableRotation: () => become({ rotationEnabled: true }),
    tag: (key, value) => become({ tags: { ...current().tags, [key]: value } }),
    revision: () => history.length,
    labelledValues: () => [...current().versions.values()].flatMap(({ value }) => value ?? []),
  };
}
