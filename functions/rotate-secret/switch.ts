import { isDeepStrictEqual } from "node:util";
import { parseEnvelope, secretValue } from "../shared/envelope";
import type { Labels } from "./labels";
import { readPatiently, requireTime, sleepWithin } from "./pace";
import { type Rotation, RotationError } from "./ports";

export interface RotationValue {
  readonly value: string;
  readonly createdAt: Date;
  /** Whether it says that it was made for the registry's target; a secret taken over from elsewhere says nothing. */
  readonly isForTarget: boolean;
}

/** The value of a version; throws a `RotationError` where it has none, or says that it is for somebody else. */
export async function readValue(
  { secret, pacing, registered }: Pick<Rotation, "secret" | "pacing" | "registered">,
  versionId: string,
): Promise<RotationValue> {
  const version = await readPatiently(
    pacing,
    () => secret.get(versionId),
    (answer) => answer !== undefined,
  );
  if (version === undefined) throw new RotationError("no-value", "The version holds no value.");
  const { secretString, createdAt } = version;
  const envelope = parseEnvelope(secretString);
  // One that names another target was tampered with.
  if (envelope && !isDeepStrictEqual({ kind: envelope.kind, target: envelope.target }, { ...registered })) {
    throw new RotationError("other-target", "The version was made for another target than the registry names.");
  }
  return { value: secretValue(secretString), createdAt, isForTarget: envelope !== undefined };
}

/** Waits until a key that was written at this moment may be used: every receiver has read it, or can when it misses it. */
export async function settle({ pacing, settleSeconds, onProgress }: Rotation, writtenAtMs: number): Promise<void> {
  const milliseconds = writtenAtMs + settleSeconds * 1000 - pacing.now();
  if (milliseconds <= 0) return;
  await sleepWithin(pacing, milliseconds);
  onProgress({ event: "waited-to-settle", milliseconds });
}

/** Changes the sender to a version: intent, what is left behind, change, confirmation. */
export async function switchTo(
  { strategy, pacing }: Rotation,
  labels: Labels,
  versionId: string,
  value: string,
): Promise<void> {
  const live = labels.holder("LIVE");
  await labels.put("APPLYING", versionId);
  if (live !== undefined && live !== versionId) await labels.put("FORMER", live);
  requireTime(pacing);
  await strategy.apply(value, versionId);
  await labels.put("LIVE", versionId);
}
