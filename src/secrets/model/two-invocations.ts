import { setImmediate } from "node:timers/promises";
import { Dice } from "../../dice";
import type { VirtualClock } from "./clock";

/** What one of two invocations does is done when it is its turn. */
export interface Turn {
  call<T>(act: () => Promise<T>): Promise<T>;
  sleep(milliseconds: number): Promise<void>;
}

interface Waiting {
  readonly readyAtMs: number;
  readonly act: () => Promise<void>;
}

/** Runs the same work twice at once. At each call the seed decides whose turn it is; a failure of one stops the other not. */
export async function twoInvocations(
  seed: number,
  clock: VirtualClock,
  invoke: (turn: Turn) => Promise<unknown>,
): Promise<void> {
  const dice = new Dice(seed);
  const waiting: Waiting[] = [];
  let running = 2;

  const queue = <T>(readyAtMs: number, act: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.push({ readyAtMs, act: () => act().then(resolve, reject) });
    });
  const turn: Turn = {
    call: (act) => queue(clock.now(), act),
    sleep: (milliseconds) => queue(clock.now() + milliseconds, async () => undefined),
  };
  const ended = () => {
    running -= 1;
  };
  for (const invocation of [invoke(turn), invoke(turn)]) invocation.then(ended, ended);

  while (running > 0) {
    // Lets both come to their next call.
    await setImmediate();
    const earliestMs = Math.min(...waiting.map(({ readyAtMs }) => readyAtMs));
    if (waiting.length === 0) continue;
    if (earliestMs > clock.now()) await clock.advance(earliestMs - clock.now());
    const ready = waiting.filter(({ readyAtMs }) => readyAtMs <= clock.now());
    const next = dice.pick(ready);
    waiting.splice(waiting.indexOf(next), 1);
    await next.act();
  }
}
