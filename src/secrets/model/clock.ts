/** Time of a model: it passes only when somebody waits, and what happens meanwhile happens then. */
export interface VirtualClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Lets time pass, tick by tick. */
  advance(milliseconds: number): Promise<void>;
}

/** Called at each multiple of the tick; returns nothing where nothing needs waiting for, which is most of the time. */
export type Tick = (nowMs: number) => Promise<void> | undefined;

/** A clock that starts at a moment which is a multiple of the tick. */
export function virtualClock(startMs: number, tickMs: number, onTick: Tick): VirtualClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    async advance(milliseconds) {
      const endMs = nowMs + milliseconds;
      for (let next = nowMs - (nowMs % tickMs) + tickMs; next <= endMs; next += tickMs) {
        nowMs = next;
        const pending = onTick(next);
        if (pending) await pending;
      }
      nowMs = endMs;
    },
  };
}
