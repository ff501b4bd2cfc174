import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";

/** Things the private network must reach. */
export const targets = ["dynamodb", "s3", "bedrock", "egress", "entra"] as const;

export type Target = (typeof targets)[number];

/** Targets in a list such as `dynamodb,s3`; throws for an unknown one, and for an empty list. */
export function readTargets(list: string): Target[] {
  return list.split(",").map((name) => {
    const target = targets.find((each) => each === name);
    if (target === undefined)
      throw new Error(`PROBED_TARGETS is "${list}". Allowed are ${targets.join(", ")}, with commas between.`);
    return target;
  });
}

/** Asks one target; throws where it does not answer as it should. */
export type Check = (signal: AbortSignal) => Promise<void>;

/** Asks all targets that it is given at once and records which failed.
 *
 * A target that hangs is a failure after `timeoutMs` and holds up no other. Never throws for a target: a probe that
 * ends without its samples looks like a probe that did not run.
 */
export async function probe(
  checks: Readonly<Partial<Record<Target, Check>>>,
  timeoutMs: number,
  record: RecordMetrics,
  log: Log,
): Promise<void> {
  await Promise.all(
    targets.map(async (target) => {
      const check = checks[target];
      if (check === undefined) return;
      const fault = await within(timeoutMs, check);
      if (fault !== undefined) log.warn("probe-failed", { target, ...errorFields(fault) });
      record("Target", target, { ProbeFailed: fault === undefined ? 0 : 1 });
    }),
  );
  record("Probe", "home", { ProbeRuns: 1 });
}

/** The check's error, a time-out of ours, or nothing. A check that ignores its signal is left behind. */
async function within(timeoutMs: number, check: Check): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  try {
    await Promise.race([(async () => check(signal))(), late]);
    return undefined;
  } catch (error) {
    return error ?? new Error("The check failed without an error.");
  }
}
