import { createSecretKey, type KeyObject } from "node:crypto";
import { secretValue } from "./envelope";
import type { SecretVersion } from "./secret-store";

/** A key that may have signed a delivery. */
export interface RingKey {
  readonly versionId: string;
  readonly labels: readonly string[];
  readonly key: KeyObject;
}

/** One labelled version of a secret; the key is absent where the value is empty. */
export interface RingVersion extends Omit<RingKey, "key"> {
  readonly createdAt: Date;
  readonly key?: KeyObject;
}

/** Labelled versions, and when the secret last changed in any way. */
export interface RingState {
  readonly versions: readonly RingVersion[];
  readonly lastChangedAt?: Date;
}

/** A version as the ring holds it.
 *
 * Key bytes are the UTF-8 of the value, untrimmed. An empty value is no key: it would accept a signature made with the
 * empty key.
 */
export function ringVersion(versionId: string, labels: readonly string[], version: SecretVersion): RingVersion {
  const value = secretValue(version.secretString);
  const key = value === "" ? undefined : createSecretKey(Buffer.from(value, "utf8"));
  return { versionId, labels, createdAt: version.createdAt, ...(key && { key }) };
}

/** Labels of what the sender used before. */
export const formerLabels: readonly string[] = ["AWSPREVIOUS", "FORMER", "EARLIER"];

/** Keys that count at this moment: those with a value, less an AWSPREVIOUS whose grace is over.
 *
 * Grace runs from the later of the creation of AWSCURRENT and the secret's last change, so that a rotation that was
 * stuck for a day does not end it before the switch. Without an AWSCURRENT it does not end. FORMER and EARLIER mark what
 * was in use before, too. A version with any further label does not expire: the sender may still use it.
 */
export function usableKeys(state: RingState, nowMs: number, previousGraceSeconds: number): readonly RingKey[] {
  const graceOver = nowMs >= graceEndMs(state, previousGraceSeconds);
  return state.versions.flatMap(({ versionId, labels, key }) => {
    const isFormerOnly = labels.every((label) => formerLabels.includes(label));
    return key === undefined || (isFormerOnly && graceOver) ? [] : [{ versionId, labels, key }];
  });
}

/** Epoch milliseconds at which the keys before the current one stop counting. */
export function graceEndMs({ versions, lastChangedAt }: RingState, previousGraceSeconds: number): number {
  const current = versions.find(({ labels }) => labels.includes("AWSCURRENT"));
  if (!current) return Number.POSITIVE_INFINITY;
  const createdMs = current.createdAt.getTime();
  const startMs = lastChangedAt ? Math.max(createdMs, lastChangedAt.getTime()) : createdMs;
  return startMs + previousGraceSeconds * 1000;
}
