import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import type { SecretMetadata } from "../shared/secret-metadata";
import { decide, type KeySeen, type Verdict } from "./decide";
import type { RegisteredSecret } from "./registry";
import { type AuditMode, rotationToken } from "./rotation-token";

/** What a rotator is asked to do beside its rotations. */
export type RotatorRequest =
  | { readonly SecretId: string; readonly action: "adopt"; readonly confirmed: boolean }
  | { readonly SecretId: string; readonly action: "repair" };

export interface AuditPorts {
  readonly metadata: (secretArn: string) => Promise<SecretMetadata>;
  readonly keySeen: (source: string) => Promise<KeySeen | undefined>;
  /** `in-progress`: a rotation before is not complete, and is driven on instead. */
  readonly rotate: (secretArn: string, token: string) => Promise<"started" | "in-progress">;
  /** Returns when the rotator has done it; `refused` where the rotator threw. */
  readonly invoke: (rotatorName: string, request: RotatorRequest) => Promise<"done" | "refused">;
  /** Waits between two rotations, which would otherwise all begin at once. */
  readonly pause: () => Promise<void>;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** Some secrets could not be audited; the others were. The log has what happened to each. */
export class AuditError extends Error {
  override readonly name = "AuditError";

  constructor(secretNames: readonly string[]) {
    super(`The audit failed for ${secretNames.join(", ")}.`);
  }
}

/** Looks at every secret, adopts and repairs, and then starts the rotations that are wanted, one after the other.
 *
 * Throws an `AuditError` at the end where a secret failed: a run that fails is what the alarm counts.
 */
export async function audit(
  mode: AuditMode,
  registry: readonly RegisteredSecret[],
  now: Date,
  ports: AuditPorts,
): Promise<void> {
  const failed = new Set<string>();
  const attempt = async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed.add(name);
      ports.log.error("secret-audit-failed", { secretName: name, ...errorFields(error) });
      return undefined;
    }
  };

  const verdicts = await Promise.all(
    registry.map(async (secret) => ({
      secret,
      verdict: await attempt(secret.name, async () => {
        const verdict = await judge(secret, now, ports);
        await attempt(secret.name, () => repair(secret, verdict, ports));
        const isAdopted = (await attempt(secret.name, () => adopt(secret, verdict, ports))) ?? false;
        report(secret.name, verdict, isAdopted, mode, ports);
        return verdict;
      }),
    })),
  );

  const wanted = verdicts.filter(({ verdict }) => verdict?.rotate !== undefined);
  for (const [index, { secret, verdict }] of wanted.entries()) {
    if (index > 0) await ports.pause();
    await attempt(secret.name, async () => {
      const outcome = await ports.rotate(secret.secretArn, rotationToken(secret.secretArn, mode, now));
      ports.log.info("rotation-asked-for", { secretName: secret.name, reason: verdict?.rotate ?? "", outcome });
    });
  }
  if (failed.size > 0) throw new AuditError([...failed]);
}

async function judge(secret: RegisteredSecret, now: Date, ports: AuditPorts): Promise<Verdict> {
  const [metadata, seen] = await Promise.all([
    ports.metadata(secret.secretArn),
    secret.source && ports.keySeen(secret.source),
  ]);
  const rules = { isManual: secret.rotatorName === undefined, maxAgeDays: secret.maxAgeDays };
  if (!rules.isManual && !metadata.rotationEnabled) ports.log.error("rotation-turned-off", { secretName: secret.name });
  return decide(metadata, seen || undefined, rules, now);
}

async function repair({ name, secretArn, rotatorName }: RegisteredSecret, verdict: Verdict, ports: AuditPorts) {
  if (!verdict.repair || rotatorName === undefined) return;
  const outcome = await ports.invoke(rotatorName, { SecretId: secretArn, action: "repair" });
  ports.log.warn("sender-repaired", { secretName: name, outcome });
  if (outcome === "refused") throw new Error("The rotator refused to repair the sender.");
}

/** Whether the secret is adopted, or need not be. */
async function adopt({ name, secretArn, rotatorName }: RegisteredSecret, { adopt }: Verdict, ports: AuditPorts) {
  if (!adopt || rotatorName === undefined) return true;
  const outcome = await ports.invoke(rotatorName, { SecretId: secretArn, action: "adopt", ...adopt });
  ports.log.info("adoption-asked-for", { secretName: name, outcome });
  return outcome === "done";
}

function report(name: string, verdict: Verdict, isAdopted: boolean, mode: AuditMode, { record, log }: AuditPorts) {
  const { ageDays, isStuck, hasDrifted, adopt, rotate } = verdict;
  record("Secret", name, {
    ...(ageDays !== undefined && { SecretAgeDays: ageDays }),
    SenderDrift: hasDrifted ? 1 : 0,
    RotationStuck: isStuck ? 1 : 0,
    NotAdopted: isAdopted ? 0 : 1,
  });
  const isFresh = !isStuck && !hasDrifted && !adopt && !rotate;
  if (mode === "check" && isFresh) log.info("secret-fresh", { secretName: name, ageDays: ageDays ?? -1 });
}
