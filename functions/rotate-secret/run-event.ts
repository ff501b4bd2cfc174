import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import { type RotationEvent, readEvent } from "./event";
import type { Pacing, RotatingSecret, Rotation, RotationProgress, RotationStrategy } from "./ports";
import { adopt, repair, rotate } from "./protocol";
import { type RegistryEntry, registryEntry } from "./registry";

export interface RunPorts {
  readonly entries: readonly RegistryEntry[];
  readonly rotatingSecret: (secretArn: string) => RotatingSecret;
  readonly strategy: (entry: RegistryEntry) => RotationStrategy;
  readonly pacing: Pacing;
  readonly settleSeconds: number;
  readonly minIntervalSeconds: number;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** What the auditor is answered; Secrets Manager looks only at whether the call fails. */
export interface RunAnswer {
  readonly outcome: "rotated" | "repaired" | "adopted";
}

/** The event was not carried out.
 *
 * Stands for the error that says why: the runtime prints a failed call's error with its message, and the message of a
 * library's error may quote what it could not read. This one has the other's name alone.
 */
export class EventFailed extends Error {
  override readonly name: string;

  constructor(errorName: string) {
    super("The event was not carried out.");
    this.name = errorName;
  }
}

/** Carries out one event; throws an `EventFailed` where it is refused or fails. */
export async function runEvent(event: unknown, ports: RunPorts): Promise<RunAnswer> {
  const { log } = ports;
  let asked: RotationEvent;
  let entry: RegistryEntry;
  try {
    asked = readEvent(event);
    entry = registryEntry(ports.entries, asked.secretArn);
  } catch (error) {
    log.error("rotation-refused", { outcome: "refused", errorName: nameOf(error) });
    throw new EventFailed(nameOf(error));
  }
  return runFor(entry, asked, ports);
}

async function runFor(entry: RegistryEntry, asked: RotationEvent, ports: RunPorts): Promise<RunAnswer> {
  const { log, record, pacing } = ports;
  const startedAtMs = pacing.now();
  const labelMoves: string[] = [];
  let verified = true;
  const onProgress = (progress: RotationProgress) => {
    if (progress.event === "waited-to-settle") record("Secret", entry.name, { SettleWaitMs: progress.milliseconds });
    if (progress.event === "rolled-forward") record("Secret", entry.name, { RollForward: 1 });
    if (progress.event === "label-moved") labelMoves.push(progress.detail);
    if (progress.event === "unverifiable") verified = false;
  };
  const fields = () => ({
    secretName: entry.name,
    ...("attempt" in asked && { versionId: asked.attempt.token }),
    step: asked.task,
    strategy: entry.kind,
    durationMs: pacing.now() - startedAtMs,
    labelMoves,
  });

  try {
    const outcome = await carryOut(asked, {
      secret: ports.rotatingSecret(entry.secretArn),
      strategy: ports.strategy(entry),
      registered: { kind: entry.kind, target: entry.target },
      pacing,
      settleSeconds: ports.settleSeconds,
      minIntervalSeconds: ports.minIntervalSeconds,
      onProgress,
    });
    log.info("rotation-step", { ...fields(), outcome: verified ? outcome : "unverifiable" });
    record("Secret", entry.name, { RotationStepFailed: 0 });
    return { outcome };
  } catch (error) {
    log.error("rotation-step", { ...fields(), outcome: "failed", errorName: nameOf(error) });
    record("Secret", entry.name, { RotationStepFailed: 1 });
    throw new EventFailed(nameOf(error));
  }
}

async function carryOut(asked: RotationEvent, rotation: Rotation): Promise<RunAnswer["outcome"]> {
  if (asked.task === "repair") {
    await repair(rotation);
    return "repaired";
  }
  if (asked.task === "adopt") {
    await adopt(rotation, asked.confirmed);
    return "adopted";
  }
  await rotate(asked.task, asked.attempt, rotation);
  return "rotated";
}

/** The stack of an error has its message in front, and stays out as well. */
function nameOf(error: unknown): string {
  return String(errorFields(error).errorName);
}
