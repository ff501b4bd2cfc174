import { setTimeout as sleep } from "node:timers/promises";

const everyMs = 1_000;

/** Asks every second until the answer is yes; false where it never was in this time. */
export async function waitUntil(
  isSo: () => Promise<boolean>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > deadline) return false;
    await sleep(everyMs, undefined, { signal });
  }
  return true;
}
