import { createHmac } from "node:crypto";
import { canary, type HeldKey } from "./held-keys";
import type { Delivery } from "./random-deliveries";
import type { Outcome } from "./receiving";

/** A delivery, what came of it, and what was so at the time. */
export interface Judged extends Outcome {
  readonly authentic: boolean;
  /** True if the keys cannot be read, or what stores deliveries does not answer, or no key counts at all. */
  readonly isDown: boolean;
}

export interface ReceiverPromise {
  readonly promise: string;
  readonly broken: (judged: Judged) => boolean;
}

/** True if one signature was sent and one of the keys that count now made it.
 *
 * Shares no code with the receiver: whoever holds the keys and sees the wire can tell.
 */
export function isAuthentic({ signatures, body }: Delivery, keys: readonly HeldKey[], nowMs: number): boolean {
  const [said = "", ...more] = signatures;
  if (more.length > 0 || !said.startsWith("sha256=")) return false;
  const digits = said.slice("sha256=".length).toLowerCase();
  return countingKeys(keys, nowMs).some(
    ({ value }) => createHmac("sha256", value).update(body).digest("hex") === digits,
  );
}

export const countingKeys = (keys: readonly HeldKey[], nowMs: number): readonly HeldKey[] =>
  keys.filter(({ value, fromMs, countsUntilMs }) => value !== "" && fromMs <= nowMs && nowMs < countsUntilMs);

const status = ({ answer }: Judged) => answer?.statusCode ?? 0;
const statuses = [202, 400, 401, 503];

export const receiverPromises: readonly ReceiverPromise[] = [
  { promise: "the receiver throws nothing", broken: ({ answer }) => answer === undefined },
  {
    promise: "an answer is 202, 400, 401 or 503",
    broken: (judged) => judged.answer !== undefined && !statuses.includes(status(judged)),
  },
  {
    promise: "only an authentic delivery is accepted",
    broken: (judged) => status(judged) >= 200 && status(judged) < 300 && !judged.authentic,
  },
  { promise: "only an authentic body is read", broken: (judged) => status(judged) === 400 && !judged.authentic },
  { promise: "only an authentic delivery is queued", broken: ({ queued, authentic }) => queued > 0 && !authentic },
  { promise: "no authentic delivery is refused", broken: (judged) => status(judged) === 401 && judged.authentic },
  {
    promise: "a delivery is put off only while something is down",
    broken: (judged) => status(judged) === 503 && !judged.isDown,
  },
  {
    promise: "who is put off is told when to come again",
    broken: (judged) => status(judged) === 503 && !Number(judged.answer?.headers["retry-after"]),
  },
  {
    promise: "a delivery is called queued where it is queued once, and nowhere else",
    broken: ({ answer, queued }) => (answer?.body === '{"status":"queued"}' ? 1 : 0) !== queued,
  },
  {
    promise: "no secret, token or body is told",
    broken: ({ answer, told }) => told.includes(canary) || JSON.stringify(answer ?? null).includes(canary),
  },
];
