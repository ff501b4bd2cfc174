import { faultKinds } from "./calls";
import { type RunOptions, run } from "./run";

/** What the histories of a sweep have in common. */
export type Given = Omit<RunOptions, "faults" | "operatorWritesAtCall" | "retries" | "stuckSeconds">;

/** How many calls a rotation makes in which nothing goes wrong. */
export async function cleanCalls(given: Given): Promise<number> {
  return (await run({ ...given, retries: 0, stuckSeconds: 0 })).calls;
}

/** Sweep A: nothing goes wrong, and then each call in each way, started again never and five times. */
export async function everyFault(given: Given): Promise<RunOptions[]> {
  const calls = upTo(await cleanCalls(given));
  const base = { ...given, stuckSeconds: 600 };
  const failing = calls.flatMap((call) =>
    faultKinds.flatMap((kind) => [0, 5].map((retries) => ({ ...base, faults: [{ call, kind }], retries }))),
  );
  return [{ ...base, retries: 0 }, ...failing];
}

/** Sweep F: each fault at each call together with a value written by hand at each call, started again never and twice. */
export async function everyFaultAndWrite(given: Given): Promise<RunOptions[]> {
  const calls = upTo(await cleanCalls(given));
  const base = { ...given, stuckSeconds: 120 };
  return calls.flatMap((call) =>
    faultKinds.flatMap((kind) =>
      calls.flatMap((operatorWritesAtCall) =>
        [0, 2].map((retries) => ({ ...base, faults: [{ call, kind }], operatorWritesAtCall, retries })),
      ),
    ),
  );
}

/** A second rotation, forced, so many seconds after the first. */
export function secondRotations(given: Given, afterSeconds: readonly number[]): RunOptions[] {
  const base = { ...given, retries: 0, stuckSeconds: 0 };
  return afterSeconds.map((secondRotationAfterSeconds) => ({ ...base, secondRotationAfterSeconds }));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
