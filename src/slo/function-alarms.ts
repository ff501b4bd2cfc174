import type { AlarmRow, MetricQuery } from "./alarm-row";
import type { WatchedFunction } from "./watched";

export interface FunctionThresholds {
  readonly functionErrorPercent: number;
  readonly durationShareOfTimeout: number;
}

/** Errors, throttles included, and durations near the timeout, for each function. */
export function functionAlarms(functions: readonly WatchedFunction[], thresholds: FunctionThresholds): AlarmRow[] {
  return functions.flatMap((watched) => [errors(watched, thresholds), duration(watched, thresholds)]);
}

/** Calls in a period from which a share says something. */
const enoughCalls: Readonly<Record<WatchedFunction["traffic"], number>> = { busy: 20, quiet: 3, hourly: 1 };

const metric = (id: string, metricName: string, functionName: string, stat = "Sum"): MetricQuery => ({
  id,
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: functionName },
  stat,
});

function errors(
  { id, ref, traffic, errorsRunbook = "RB-06" }: WatchedFunction,
  thresholds: FunctionThresholds,
): AlarmRow {
  // A throttled call is in neither Errors nor Invocations.
  const calls = "(FILL(inv,0) + FILL(thr,0))";
  const enough = enoughCalls[traffic];
  return {
    key: `lambda-errors-${id}`,
    severity: "ticket",
    topic: "error-alerts",
    meaning: `More than ${thresholds.functionErrorPercent} % of the calls of ${ref.name} fail or are throttled.`,
    unit: "percent of calls",
    queries: [
      metric("err", "Errors", ref.name),
      metric("thr", "Throttles", ref.name),
      metric("inv", "Invocations", ref.name),
    ],
    expression: `IF(${calls} >= ${enough}, 100 * (FILL(err,0) + FILL(thr,0)) / ${calls}, 0)`,
    ...datapoints(ref.timeoutSeconds, traffic),
    comparison: ">",
    threshold: thresholds.functionErrorPercent,
    missingData: "notBreaching",
    runbook: errorsRunbook,
    scenarios: ["FS-02", "FS-03", "FS-04", "FS-06", "FS-15"],
  };
}

function duration({ id, ref, traffic }: WatchedFunction, { durationShareOfTimeout }: FunctionThresholds): AlarmRow {
  return {
    key: `lambda-duration-${id}`,
    severity: "ticket",
    topic: "error-alerts",
    meaning: `The slowest twentieth of the calls of ${ref.name} takes over ${Math.round(durationShareOfTimeout * 100)} % of its timeout of ${ref.timeoutSeconds} s.`,
    unit: "milliseconds at p95",
    queries: [metric("m", "Duration", ref.name, "p95")],
    ...datapoints(ref.timeoutSeconds, traffic),
    comparison: ">",
    threshold: Math.round(ref.timeoutSeconds * 1000 * durationShareOfTimeout),
    missingData: "notBreaching",
    // At p95 CloudWatch would ignore windows under 200 calls, which quiet functions never reach.
    lowSamples: "evaluate",
    runbook: "RB-08",
    scenarios: ["FS-02", "FS-04"],
  };
}

/** How long the alarm looks back: errors and durations are stamped with the start of their call.
 *
 * A call that runs into a timeout of 900 s shows up 15 minutes in the past, and metrics arrive up to two minutes late.
 * So beside the datapoints that must breach, as many stay in view as the delay may hide.
 */
export function datapoints(
  timeoutSeconds: number,
  traffic: WatchedFunction["traffic"],
): Pick<AlarmRow, "periodSeconds" | "datapointsToAlarm" | "evaluationPeriods"> {
  // Two hours in a row: a single one may be a fault of the other side, and the next call makes up for it.
  if (traffic === "hourly") return { periodSeconds: 3600, datapointsToAlarm: 2, evaluationPeriods: 3 };
  const byMinute = traffic === "busy" && timeoutSeconds < 60;
  const periodSeconds = byMinute ? 60 : 300;
  const datapointsToAlarm = byMinute ? 3 : 2;
  const hidden = Math.floor(((Math.ceil(timeoutSeconds / 60) + 2) * 60) / periodSeconds);
  // The newest datapoint is only partly there, so one is always to spare.
  return { periodSeconds, datapointsToAlarm, evaluationPeriods: datapointsToAlarm + Math.max(hidden, 1) };
}
