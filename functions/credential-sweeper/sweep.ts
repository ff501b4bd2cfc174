import { errorFields } from "../shared/log";
import type { Sweeping, SweepPorts, SweepTime } from "./ports";
import type { SweptSecret } from "./registry";
import { findKeys } from "./retire-keys";
import { findPasswords } from "./retire-passwords";

/** Some secrets could not be swept; the others were. The next run goes on where this one stopped. */
export class SweepError extends Error {
  override readonly name = "SweepError";

  constructor(secretNames: readonly string[]) {
    super(`The sweep failed for ${secretNames.join(", ")}.`);
  }
}

/** Retires the former keys of every secret.
 *
 * What is on the other side is read first and labels afterwards: a rotation that begins in between makes a key that is
 * not in the list, while the other way round its key would seem to belong to no version. Throws a `SweepError` at the
 * end where a secret failed.
 */
export async function sweep(registry: readonly SweptSecret[], time: SweepTime, ports: SweepPorts): Promise<void> {
  const failed = new Set<string>();
  const attempt = async <T>({ name }: SweptSecret, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed.add(name);
      ports.log.error("sweep-failed", { secretName: name, ...errorFields(error) });
      return undefined;
    }
  };

  const found: { readonly secret: SweptSecret; readonly sweeping: Sweeping }[] = [];
  for (const secret of registry) {
    const find = () =>
      secret.kind === "apigw-key" ? findKeys(secret, time, ports) : findPasswords(secret, time, ports);
    const sweeping = await attempt(secret, find);
    if (sweeping) found.push({ secret, sweeping });
  }
  await ports.pause();
  for (const { secret, sweeping } of found) {
    await attempt(secret, async () => {
      const stillUsed = await sweeping(await ports.metadata(secret.secretArn));
      ports.record("Secret", secret.name, { CredentialStillUsed: stillUsed });
    });
  }
  if (failed.size > 0) throw new SweepError([...failed]);
}
