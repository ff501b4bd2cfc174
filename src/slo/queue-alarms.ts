import type { AlarmRow, MetricQuery } from "./alarm-row";
import type { Watched } from "./watched";

/** Reviews that wait too long, and reviews that were given up. */
export function queueAlarms(queue: Watched["queue"], queueAgeSeconds: number): AlarmRow[] {
  const metric = (id: string, metricName: string, queueName: string): MetricQuery => ({
    id,
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: queueName },
    stat: "Maximum",
  });
  return [
    {
      key: "queue-age",
      severity: "ticket",
      topic: "error-alerts",
      meaning: `The oldest review in ${queue.name} has waited ${queueAgeSeconds} s or longer.`,
      unit: "seconds",
      queries: [metric("m", "ApproximateAgeOfOldestMessage", queue.name)],
      periodSeconds: 60,
      datapointsToAlarm: 3,
      evaluationPeriods: 5,
      comparison: ">=",
      threshold: queueAgeSeconds,
      missingData: "notBreaching",
      runbook: "RB-14",
      scenarios: ["FS-16"],
    },
    {
      key: "dlq",
      severity: "ticket",
      topic: "error-alerts",
      meaning: `Reviews were given up after their last attempt and lie in ${queue.deadLetterName}.`,
      unit: "messages",
      queries: [metric("v", "ApproximateNumberOfMessagesVisible", queue.deadLetterName)],
      expression: "FILL(v,0)",
      periodSeconds: 300,
      datapointsToAlarm: 1,
      evaluationPeriods: 1,
      comparison: ">=",
      threshold: 1,
      missingData: "notBreaching",
      runbook: "RB-14",
      scenarios: [],
    },
  ];
}
