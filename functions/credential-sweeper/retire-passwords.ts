import { isPasswordRetired } from "./decide";
import type { PasswordSecret, Sweeping, SweepPorts, SweepTime } from "./ports";

/** Finds the client secrets of one application, to remove the former ones: Entra ID can not disable, nor tell of use. */
export async function findPasswords(
  secret: PasswordSecret,
  { now, graceSeconds }: SweepTime,
  { application, log }: Pick<SweepPorts, "application" | "log">,
): Promise<Sweeping> {
  const { passwords, removePassword } = await application(secret);
  const found = await passwords();
  return async (metadata) => {
    for (const { keyId, displayName } of found) {
      if (!isPasswordRetired(displayName, metadata, graceSeconds, now)) continue;
      await removePassword(keyId);
      log.info("client-secret-removed", { secretName: secret.name, versionId: displayName ?? "" });
    }
    return 0;
  };
}
