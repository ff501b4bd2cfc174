/** One alarm as data. Folders export rows; `AlarmSet` turns them into resources, and tests compare them with the JSON. */

/** Runbooks that alarms lead to; each is a file of `runbooks/`. */
export const runbookFiles = {
  "RB-05": "RB-05-restore-from-backup.md",
  "RB-06": "RB-06-high-error-rate-response.md",
  "RB-07": "RB-07-api-gateway-5xx-errors.md",
  "RB-08": "RB-08-lambda-function-timeout.md",
  "RB-09": "RB-09-dynamodb-throttling.md",
  "RB-14": "RB-14-debug-lambda-function.md",
  "RB-15": "RB-15-debug-api-gateway.md",
} as const;

export type RunbookId = keyof typeof runbookFiles;
export const topicIds = ["error-alerts", "slo-violations", "security-events", "cost-alerts"] as const;
export type TopicId = (typeof topicIds)[number];
export type ScenarioId =
  `FS-${"01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12" | "13" | "14" | "15" | "16"}`;

/** A metric query of an alarm; ids start with a lower-case letter. */
export interface MetricQuery {
  readonly id: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Sum`, `Maximum`, `SampleCount`, or a percentile such as `p95`. */
  readonly stat: string;
}

export interface AlarmRow {
  /** Construct id and last part of the name: kebab-case, without severity. */
  readonly key: string;
  readonly severity: "page" | "ticket";
  readonly topic: TopicId;
  /** One sentence: what it means when this fires. */
  readonly meaning: string;
  /** What the compared number is, such as "percent of requests". */
  readonly unit: string;
  readonly queries: readonly MetricQuery[];
  /** Metric math over the ids; absent for a single query compared as it is. */
  readonly expression?: string;
  readonly periodSeconds: number;
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly comparison: ">" | ">=" | "<" | "<=";
  readonly threshold: number;
  /** Never `missing`: an alarm without data must say what silence means. */
  readonly missingData: "breaching" | "notBreaching" | "ignore";
  /** A percentile states what few samples mean. */
  readonly lowSamples?: "ignore" | "evaluate";
  readonly runbook: RunbookId;
  readonly scenarios: readonly ScenarioId[];
}

/** What an alarm is called before the environment's prefix: the severity a pager filters by, then the key. */
export const alarmNoun = ({ severity, key }: Pick<AlarmRow, "severity" | "key">): string => `${severity}-${key}`;
