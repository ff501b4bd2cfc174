import type { VirtualClock } from "./clock";
import { SecretsManagerError } from "./secrets-manager";

/** What goes wrong at one call: it never arrives, its answer never arrives, it is throttled, or it is sent twice. */
export const faultKinds = ["before", "after", "error"] as const;
export type FaultKind = (typeof faultKinds)[number] | "twice";

export interface Fault {
  /** Of the calls of a run, from 1. */
  readonly call: number;
  readonly kind: FaultKind;
}

/** The function ended in the middle of a step. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** Sends the calls of a rotation, one after the other. */
export interface CallPort {
  call<T>(effect: () => T | Promise<T>): Promise<T>;
  /** So far. */
  count(): number;
}

export interface CallPortProps {
  readonly clock: VirtualClock;
  readonly millisecondsPerCall: number;
  readonly faults: readonly Fault[];
  /** Runs before the call with this number has its effect. */
  readonly onCall?: (call: number) => Promise<void> | void;
  /** Runs when a call has had its effect. */
  readonly afterCall?: () => void;
}

/** Every call takes its time, has its number, and may be the one that goes wrong. */
export function callPort({ clock, millisecondsPerCall, faults, onCall, afterCall }: CallPortProps): CallPort {
  let number = 0;
  return {
    count: () => number,
    async call(effect) {
      number += 1;
      const kind = faults.find(({ call }) => call === number)?.kind;
      await clock.advance(millisecondsPerCall);
      await onCall?.(number);
      if (kind === "before") throw new Crash("The function ended before the call.");
      if (kind === "error") throw new SecretsManagerError("ThrottlingException", "Rate exceeded");
      const answer = await effect();
      afterCall?.();
      if (kind === "after") throw new Crash("The function ended before the answer.");
      return kind === "twice" ? effect() : answer;
    },
  };
}
