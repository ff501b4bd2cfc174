import type { AlarmRow } from "../slo/alarm-row";

export interface ReplicationPair {
  /** Ends the key of the alarm. */
  readonly id: string;
  readonly sourceBucket: string;
  readonly destinationBucket: string;
  readonly ruleId: string;
}

/** Objects that S3 gave up copying; the metric is published in the region of the source bucket. */
export function replicationAlarms(pairs: readonly ReplicationPair[]): AlarmRow[] {
  return pairs.map(({ id, sourceBucket, destinationBucket, ruleId }) => ({
    severity: "ticket",
    topic: "error-alerts",
    key: `s3-replication-failed-${id}`,
    meaning: `Objects of ${sourceBucket} could not be copied to ${destinationBucket}.`,
    unit: "operations in 15 minutes",
    queries: [
      {
        id: "f",
        namespace: "AWS/S3",
        metricName: "OperationsFailedReplication",
        dimensions: { SourceBucket: sourceBucket, DestinationBucket: destinationBucket, RuleId: ruleId },
        stat: "Sum",
      },
    ],
    expression: "FILL(f,0)",
    periodSeconds: 900,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    comparison: ">=",
    threshold: 1,
    missingData: "notBreaching",
    runbook: "RB-05",
    scenarios: [],
  }));
}
