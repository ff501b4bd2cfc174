import type { EntraApplication } from "../../shared/entra-application";
import { poll } from "../pace";
import type { Pacing, RotationStrategy } from "../ports";

export interface EntraClientSecretProps {
  readonly application: EntraApplication;
  /** Asks for a token with this client secret; throws while Entra ID does not accept it. */
  readonly requestToken: (clientSecret: string) => Promise<unknown>;
  /** Of the secret: older is too old. */
  readonly maxAgeDays: number;
  readonly pacing: Pacing;
}

/** A rotation that is late by as much as the secret may be old leaves one that works. */
const lifeInAges = 2;
const dayMs = 86_400_000;

const pollEveryMs = 2_000;

/** Client secret of an application in Entra ID, which makes the value and shows it once.
 *
 * Its name is the version's id. So what an attempt that died has left is found by name, and removed before the next.
 */
export function entraClientSecret(props: EntraClientSecretProps): RotationStrategy {
  const { application, requestToken, maxAgeDays, pacing } = props;
  return {
    async create(versionId) {
      const left = (await application.passwords()).filter(({ displayName }) => displayName === versionId);
      for (const { keyId } of left) await application.removePassword(keyId);
      return application.addPassword(versionId, new Date(pacing.now() + lifeInAges * maxAgeDays * dayMs));
    },
    apply: async () => {},
    async verify(value) {
      const clientSecret = await value();
      await poll(pacing, pollEveryMs, async () => {
        try {
          await requestToken(clientSecret);
          return true;
        } catch {
          // A new secret takes a while to reach all of Entra ID.
          return false;
        }
      });
      return "verified";
    },
    async dryRun() {
      await application.passwords();
    },
  };
}
