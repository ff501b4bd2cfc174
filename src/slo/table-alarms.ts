import type { AlarmRow, MetricQuery } from "./alarm-row";
import type { WatchedTable } from "./watched";

/** Throttled reads or writes, for each table. */
export function tableAlarms(tables: readonly WatchedTable[]): AlarmRow[] {
  return tables.map(({ id, ref }): AlarmRow => {
    const metric = (queryId: string, metricName: string): MetricQuery => ({
      id: queryId,
      namespace: "AWS/DynamoDB",
      metricName,
      dimensions: { TableName: ref.name },
      stat: "Sum",
    });
    return {
      key: `table-throttled-${id}`,
      severity: "ticket",
      topic: "error-alerts",
      meaning: `DynamoDB throttles reads or writes of ${ref.name}.`,
      unit: "throttled events a minute",
      queries: [metric("r", "ReadThrottleEvents"), metric("w", "WriteThrottleEvents")],
      // DynamoDB sends nothing while nothing is throttled; unfilled, the alarm might never clear.
      expression: "FILL(r,0) + FILL(w,0)",
      periodSeconds: 60,
      datapointsToAlarm: 3,
      evaluationPeriods: 5,
      comparison: ">",
      threshold: 0,
      missingData: "notBreaching",
      runbook: "RB-09",
      scenarios: ["FS-03"],
    };
  });
}
