import type { GithubHook } from "../shared/github-hook";
import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import { decide } from "./decide";

export interface RedeliveryPorts {
  readonly hook: Pick<GithubHook, "attempts" | "redeliver">;
  /** How old a delivery may be. */
  readonly lookbackSeconds: number;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** Some deliveries could not be asked for again; the next run tries them anew. */
export class RedeliveryError extends Error {
  override readonly name = "RedeliveryError";

  constructor(failed: number) {
    super(`GitHub did not take ${failed} of the redeliveries.`);
  }
}

/** All attempts at one delivery lie within this time, so that none counts as the first that is not. */
const attemptsSpanSeconds = 3 * 3600;

/** What GitHub lets an account send in an hour without being slowed down is 500; a run comes every five minutes. */
const maxPerRun = 40;

/** Asks GitHub to repeat what nobody has received: it never does so by itself.
 *
 * Keeps no state, and may run twice: the receiver takes each delivery once. Throws a `RedeliveryError` at the end where
 * GitHub did not take a request, or whatever it answered to the question for the deliveries.
 */
export async function redeliverMissed(now: Date, ports: RedeliveryPorts): Promise<void> {
  const { hook, lookbackSeconds, record, log } = ports;
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const attempts = await hook.attempts(before(lookbackSeconds + attemptsSpanSeconds));
  const { attemptIds, exhausted } = decide(attempts, before(lookbackSeconds), now);

  const batch = attemptIds.slice(0, maxPerRun);
  let failed = 0;
  for (const attemptId of batch) {
    try {
      await hook.redeliver(attemptId);
    } catch (error) {
      failed += 1;
      log.error("redelivery-failed", { attemptId, ...errorFields(error) });
    }
  }
  const redelivered = batch.length - failed;
  record("Source", "github", { Redelivered: redelivered, RedeliveryExhausted: exhausted });
  const waiting = attemptIds.length - batch.length;
  if (attemptIds.length > 0 || exhausted > 0)
    log.warn("deliveries-missed", { redelivered, failed, waiting, exhausted });
  if (failed > 0) throw new RedeliveryError(failed);
}
