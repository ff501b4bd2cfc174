import type { RunOptions, RunResult } from "./run";
import { run } from "./run";

/** Histories of one kind, put together. */
export interface Sweep {
  readonly runs: number;
  readonly rejectingRuns: number;
  readonly rejections: number;
  readonly checks: number;
  /** Instants at which the sender's key was in no labelled version. */
  readonly unlabelledInstants: number;
  readonly forgeriesAccepted: number;
  /** Runs in which no rotation went through in the end. */
  readonly failed: number;
  /** Runs that ended with a change of the sender under way: APPLYING elsewhere than LIVE. */
  readonly unfinished: number;
}

/** One share of a sweep: every n-th history, beginning with this one. */
export interface Slice {
  readonly index: number;
  readonly of: number;
}

export const inSlice = <T>(all: readonly T[], { index, of }: Slice): readonly T[] =>
  all.filter((_, position) => position % of === index);

const nothing: Sweep = {
  ...{ runs: 0, rejectingRuns: 0, rejections: 0, checks: 0, unlabelledInstants: 0 },
  ...{ forgeriesAccepted: 0, failed: 0, unfinished: 0 },
};

export function addUp(sweeps: readonly Sweep[]): Sweep {
  return sweeps.reduce((sum, sweep) => {
    const keys = Object.keys(nothing) as (keyof Sweep)[];
    return Object.fromEntries(keys.map((key) => [key, sum[key] + sweep[key]])) as unknown as Sweep;
  }, nothing);
}

/** Lives through this share of the histories, one after the other. */
export async function liveThrough(histories: readonly RunOptions[], slice: Slice): Promise<Sweep> {
  const sweeps: Sweep[] = [];
  for (const history of inSlice(histories, slice)) sweeps.push(sweepOf(await run(history)));
  return addUp(sweeps);
}

function sweepOf({ succeeded, ends, rejections, ...result }: RunResult): Sweep {
  const { checks, unlabelledInstants, forgeriesAccepted } = result;
  return {
    ...{ runs: 1, rejectingRuns: Number(rejections > 0), rejections, checks, unlabelledInstants, forgeriesAccepted },
    failed: Number(!succeeded),
    unfinished: Number(ends.applyingElsewhere),
  };
}
