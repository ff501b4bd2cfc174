import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "./key-ring";
import type { RingKey } from "./usable-keys";

/** A delivery as it came in: all values of the signature header, and the exact bytes of the body. */
export interface SignedRequest {
  readonly signatures: readonly string[];
  readonly body: Buffer;
}

export type SignatureFault = "missing-signature" | "duplicate-signature" | "malformed-signature" | "no-match";

export type Verification =
  | { readonly ok: true; readonly versionId: string; readonly labels: readonly string[] }
  | { readonly ok: false; readonly reason: SignatureFault; readonly status: 401 }
  | { readonly ok: false; readonly reason: "no-keys"; readonly status: 503 };

/** Which version is reported where several hold the same key. */
const labelOrder = ["LIVE", "APPLYING", "AWSCURRENT", "AWSPENDING", "AWSPREVIOUS", "FORMER", "EARLIER"];

/** Checks a delivery against the keys, and once more against fresh keys where none matched.
 *
 * Answers `no-keys` (503, the sender may retry) instead of `no-match` (401, final) whenever the miss may be ours: no
 * key is known, or the keys could not be read again.
 */
export async function verifyDelivery(
  request: SignedRequest,
  ring: KeyRing,
  verify: typeof verifySignature = verifySignature,
): Promise<Verification> {
  const first = verify(request, ring.keysAtHand() ?? (await ring.keys()));
  if (first.ok || !mayBeOurFault(first.reason)) return first;
  const refresh = await ring.refreshAfterMiss();
  if (refresh === "failed") return noKeys;
  return refresh === "refreshed" ? verify(request, await ring.keys()) : first;
}

/** Checks a delivery against these keys.
 *
 * The pattern is checked before the comparison, which throws on unequal lengths. Every key is tried whether or not one
 * has matched, so the time says nothing about which.
 */
export function verifySignature({ signatures, body }: SignedRequest, keys: readonly RingKey[]): Verification {
  const [signature, ...others] = signatures;
  if (signature === undefined) return refused("missing-signature");
  if (others.length > 0) return refused("duplicate-signature");
  if (!/^sha256=[0-9a-fA-F]{64}$/.test(signature)) return refused("malformed-signature");
  if (keys.length === 0) return noKeys;

  const received = Buffer.from(signature.slice("sha256=".length), "hex");
  const matches = keys.filter(({ key }) => timingSafeEqual(mac(key, body), received));
  const [match] = matches.toSorted((a, b) => rank(a) - rank(b));
  return match ? { ok: true, versionId: match.versionId, labels: match.labels } : refused("no-match");
}

const noKeys = { ok: false, reason: "no-keys", status: 503 } as const;

function refused(reason: SignatureFault): Verification {
  return { ok: false, reason, status: 401 };
}

function mayBeOurFault(reason: SignatureFault | "no-keys"): boolean {
  return reason === "no-match" || reason === "no-keys";
}

function mac(key: KeyObject, body: Buffer): Buffer {
  return createHmac("sha256", key).update(body).digest();
}

function rank({ labels }: RingKey): number {
  const ranks = labels.map((label) => labelOrder.indexOf(label)).filter((position) => position >= 0);
  return Math.min(labelOrder.length, ...ranks);
}
