import { type Pacing, RotationError } from "./ports";

/** Reads of Secrets Manager may be this far behind its writes (aws-sdk-js-v3 issue 7701; AWS's own templates wait 10 s). */
export const readLagMs = 5_000;

/** What a change of the sender, or a wait before one, must leave of the function's time. */
const reserveMs = 10_000;

/** Throws a `RotationError` where the function ends before what comes next surely has. The step is started again. */
export function requireTime(pacing: Pacing, neededMs = 0): void {
  if (pacing.remainingMs() >= neededMs + reserveMs) return;
  throw new RotationError("no-time", "The function ends before the next change of this step has surely ended.");
}

export async function sleepWithin(pacing: Pacing, milliseconds: number): Promise<void> {
  requireTime(pacing, milliseconds);
  await pacing.sleep(milliseconds);
}

/** Reads, and once more after the lag of reads where the answer is not what a write before would have made it. */
export async function readPatiently<T>(
  pacing: Pacing,
  read: () => Promise<T>,
  isExpected: (answer: T) => boolean,
): Promise<T> {
  const answer = await read();
  if (isExpected(answer)) return answer;
  await sleepWithin(pacing, readLagMs);
  return read();
}

/** Asks again and again until the answer is yes; throws a `RotationError` when the time is up. */
export async function poll(pacing: Pacing, everyMs: number, ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) {
    if (pacing.remainingMs() < everyMs + reserveMs) {
      throw new RotationError("not-verified", "The sender has not shown in time that it uses the new key.");
    }
    await pacing.sleep(everyMs);
  }
}
