import type { AlarmRow, MetricQuery } from "./alarm-row";
import type { WatchedApi } from "./watched";

export interface ApiThresholds {
  readonly api5xxPercent: number;
  readonly api4xxPercent: number;
}

/** Answers that blame the platform, and an unusual share that blame the caller, for each API. */
export function apiAlarms(apis: readonly WatchedApi[], thresholds: ApiThresholds): AlarmRow[] {
  return apis.flatMap((api): AlarmRow[] => [
    {
      ...share(api, "5xx", 20),
      meaning: `More than ${thresholds.api5xxPercent} % of the requests to ${api.ref.name} are answered 5xx.`,
      periodSeconds: 60,
      datapointsToAlarm: 3,
      evaluationPeriods: 5,
      threshold: thresholds.api5xxPercent,
      runbook: "RB-07",
      scenarios: ["FS-02", "FS-03", "FS-04", "FS-06", "FS-15"],
    },
    {
      ...share(api, "4xx", 50),
      meaning: `More than ${thresholds.api4xxPercent} % of the requests to ${api.ref.name} are answered 4xx, throttled and firewalled ones included.`,
      periodSeconds: 300,
      datapointsToAlarm: 2,
      evaluationPeriods: 3,
      threshold: thresholds.api4xxPercent,
      runbook: "RB-15",
      scenarios: [],
    },
  ]);
}

function share({ id, ref }: WatchedApi, status: "4xx" | "5xx", enoughRequests: number) {
  const metric = (queryId: string, metricName: string, stat: string): MetricQuery => ({
    id: queryId,
    namespace: "AWS/ApiGateway",
    metricName,
    dimensions: { ApiName: ref.name, Stage: ref.stage },
    stat,
  });
  return {
    key: id === undefined ? `api-${status}` : `api-${status}-${id}`,
    severity: "ticket",
    topic: "error-alerts",
    unit: "percent of requests",
    queries: [metric("bad", `${status.toUpperCase()}Error`, "Sum"), metric("n", "Count", "SampleCount")],
    expression: `IF(FILL(n,0) >= ${enoughRequests}, 100 * FILL(bad,0) / FILL(n,0), 0)`,
    comparison: ">",
    missingData: "notBreaching",
  } as const;
}
