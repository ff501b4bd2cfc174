import type { AlarmRow } from "../slo/alarm-row";

export interface WatchedDelivery {
  /** Of the delivery stream. */
  readonly streamName: string;
  /** Age of the oldest record that waits; far above the buffer's time, far below the 24 hours after which it is lost. */
  readonly lateAfterSeconds: number;
}

/** Logs that wait too long for the archive; the metric is published in the region of the stream, while records wait. */
export function logDeliveryAlarms({ streamName, lateAfterSeconds }: WatchedDelivery): AlarmRow[] {
  return [
    {
      severity: "ticket",
      topic: "error-alerts",
      key: "log-delivery-late",
      meaning: `Logs wait in ${streamName} and do not reach the archive; after 24 hours they are lost.`,
      unit: "seconds that the oldest record waits",
      queries: [
        {
          id: "age",
          namespace: "AWS/Firehose",
          metricName: "DeliveryToS3.DataFreshness",
          dimensions: { DeliveryStreamName: streamName },
          stat: "Maximum",
        },
      ],
      periodSeconds: 300,
      datapointsToAlarm: 3,
      evaluationPeriods: 3,
      comparison: ">",
      threshold: lateAfterSeconds,
      missingData: "notBreaching",
      runbook: "RB-05",
      scenarios: [],
    },
  ];
}
