import type { RotatingSecret } from "../../../functions/rotate-secret/ports";
import type { CallPort } from "./calls";
import { type SecretsManager, SecretsManagerError } from "./secrets-manager";

/** The model's secret as a rotation sees it, each access one call. */
export function modelSecret(secrets: SecretsManager, calls: CallPort, readLagMs = 0): RotatingSecret {
  return {
    describe: () => calls.call(() => secrets.describe(readLagMs)),
    get: (versionId) =>
      unless("ResourceNotFoundException", undefined, () =>
        calls.call(() => secrets.getSecretValue(versionId, readLagMs)),
      ),
    put: (versionId, secretString) =>
      unless("ResourceExistsException", "exists", () =>
        calls.call(() => {
          secrets.putSecretValue(versionId, secretString, ["AWSPENDING"]);
          return "stored";
        }),
      ),
    move: (label, change) =>
      unless("InvalidParameterException", "lost", () =>
        calls.call(() => {
          secrets.updateSecretVersionStage(label, change);
          return "moved";
        }),
      ),
  };
}

async function unless<T, E>(name: SecretsManagerError["name"], instead: E, attempt: () => Promise<T>): Promise<T | E> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof SecretsManagerError && error.name === name) return instead;
    throw error;
  }
}
