import { type KeyRing, keyRing } from "../../../functions/shared/key-ring";
import type { SecretReader } from "../../../functions/shared/secret-store";
import { type SecretsManager, SecretsManagerError } from "./secrets-manager";

/** How receivers treat the versions of a secret; ours take all that have a label and read again on a miss. */
export interface ReceiverPolicy {
  readonly labels: "all" | readonly string[];
  readonly refreshOnMiss: boolean;
}

export interface ReceiverTimes {
  readonly keyRefreshSeconds: number;
  readonly missCooldownSeconds: number;
  readonly previousGraceSeconds: number;
}

export interface ReceiverProps extends ReceiverTimes {
  readonly policy: ReceiverPolicy;
  readonly now: () => number;
  readonly secrets: SecretsManager;
  readonly readLagMs: number;
  /** While it says so, Secrets Manager does not answer. */
  readonly isOut: () => boolean;
}

/** The real key ring over the model's secret, held back where a policy is not ours. */
export function receiver({ policy, now, secrets, readLagMs, isOut, ...times }: ReceiverProps): KeyRing {
  const reader: SecretReader = {
    async describe() {
      if (isOut()) throw new SecretsManagerError("ThrottlingException", "Rate exceeded");
      const { stages, lastChangedAt } = secrets.describe(readLagMs);
      return { stages: held(stages, policy.labels), ...(lastChangedAt && { lastChangedAt }) };
    },
    async get(versionId) {
      try {
        return secrets.getSecretValue(versionId, readLagMs);
      } catch {
        return undefined;
      }
    },
  };
  const ring = keyRing({
    secret: reader,
    previousGraceSeconds: times.previousGraceSeconds,
    refreshSeconds: times.keyRefreshSeconds,
    missCooldownSeconds: times.missCooldownSeconds,
    clock: now,
    onRefreshFailure: () => undefined,
  });
  return policy.refreshOnMiss ? ring : { ...ring, refreshAfterMiss: async () => "cooling-down" };
}

function held(stages: Readonly<Record<string, readonly string[]>>, labels: ReceiverPolicy["labels"]) {
  if (labels === "all") return stages;
  return Object.fromEntries(Object.entries(stages).filter(([, its]) => its.some((label) => labels.includes(label))));
}
