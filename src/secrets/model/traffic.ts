import type { KeyRing } from "../../../functions/shared/key-ring";
import type { RingKey } from "../../../functions/shared/usable-keys";
import {
  type SignedRequest,
  type Verification,
  verifyDelivery,
  verifySignature,
} from "../../../functions/shared/webhook-verify";
import { type Sender, signer } from "./sender";

export interface TrafficProps {
  readonly sender: Sender;
  readonly receivers: readonly KeyRing[];
  /** A receiver that has just started; one is tried whenever keys or labels have changed. */
  readonly coldReceiver: () => KeyRing;
  /** Changes whenever labels or values do. */
  readonly version: () => unknown;
  /** Whether a signature that no key made is sent to each receiver with each delivery. */
  readonly forged: boolean;
  readonly onRejection: (rejection: Verification) => void;
}

export interface Counts {
  checks: number;
  rejections: number;
  forgeriesAccepted: number;
}

export interface Traffic {
  readonly counts: Readonly<Counts>;
  readonly tick: () => Promise<void> | undefined;
}

/** Deliveries every 200 ms, one on time and one that was signed two seconds ago. */
export const tickMs = 200;
const lateTicks = 10;
const forgery: SignedRequest = { signatures: [`sha256=${"0".repeat(64)}`], body: Buffer.from("{}") };

/** Sends deliveries to every receiver and counts what they refuse.
 *
 * The check itself is the product's; its answer is kept for each pair of keys and signature, which cannot change.
 */
export function traffic(props: TrafficProps): Traffic {
  const counts: Counts = { checks: 0, rejections: 0, forgeriesAccepted: 0 };
  const requestOf = signer();
  const recent: SignedRequest[] = [];
  const answers = new WeakMap<readonly RingKey[], Map<SignedRequest, Verification>>();
  let lastVersion: unknown;
  let lastPrompt: SignedRequest | undefined;
  let lastLate: SignedRequest | undefined;

  const verify = (request: SignedRequest, keys: readonly RingKey[]): Verification => {
    let known = answers.get(keys);
    if (!known) {
      known = new Map();
      answers.set(keys, known);
    }
    const answer = known.get(request) ?? verifySignature(request, keys);
    known.set(request, answer);
    return answer;
  };
  /** What each receiver has taken, and with which keys: with the same keys it takes it again. */
  const taken: { keys?: readonly RingKey[]; prompt?: SignedRequest; late?: SignedRequest }[] = [];
  const isKnownGood = (ring: KeyRing, index: number, prompt: SignedRequest, late: SignedRequest): boolean => {
    const keys = ring.keysAtHand();
    const before = taken[index];
    if (before?.keys === keys && before?.prompt === prompt && before.late === late) return true;
    const known = keys && answers.get(keys);
    const isGood = known?.get(prompt)?.ok === true && known.get(late)?.ok === true;
    if (keys && isGood) taken[index] = { keys, prompt, late };
    return isGood;
  };
  const check = async (ring: KeyRing, request: SignedRequest): Promise<void> => {
    const answer = await verifyDelivery(request, ring, verify);
    if (answer.ok) return;
    counts.rejections += 1;
    props.onRejection(answer);
  };
  const slowly = async (prompt: SignedRequest, late: SignedRequest, isNew: boolean): Promise<void> => {
    for (const [index, ring] of props.receivers.entries()) {
      if (props.forged && (await verifyDelivery(forgery, ring, verify)).ok) counts.forgeriesAccepted += 1;
      if (isKnownGood(ring, index, prompt, late)) continue;
      await check(ring, prompt);
      await check(ring, late);
    }
    if (!isNew) return;
    counts.checks += 2;
    await check(props.coldReceiver(), prompt);
    await check(props.coldReceiver(), late);
  };

  return {
    counts,
    tick() {
      const prompt = requestOf(props.sender.key());
      recent.push(prompt);
      const late = (recent.length > lateTicks ? recent.shift() : recent[0]) ?? prompt;
      counts.checks += 2 * props.receivers.length;
      const version = props.version();
      const isNew = version !== lastVersion || prompt !== lastPrompt || late !== lastLate;
      lastVersion = version;
      lastPrompt = prompt;
      lastLate = late;
      const isEasy = !isNew && !props.forged;
      if (isEasy && props.receivers.every((ring, index) => isKnownGood(ring, index, prompt, late))) return;
      return slowly(prompt, late, isNew);
    },
  };
}
