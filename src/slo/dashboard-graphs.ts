import type { Tile } from "./dashboard-grid";
import { type Line, metrics, objectiveLines, type Percentiles, percentiles, share } from "./dashboard-metrics";
import type { ApiMetrics, Watched } from "./watched";

export interface Objectives {
  readonly availabilityPercent: number;
  readonly errorPercent: number;
  readonly latencyMs: Percentiles;
  readonly reviewMinutes: Percentiles;
}

export function apiGraphs({ name, stage }: ApiMetrics, objectives: Objectives, region: string): Tile[] {
  const of = { namespace: "AWS/ApiGateway", dimensions: { ApiName: name, Stage: stage } };
  const all = { ...of, metric: "Count", stat: "SampleCount", label: "all" };
  const failed = { ...of, metric: "5XXError", stat: "Sum", label: "5xx" };
  const refused = { ...of, metric: "4XXError", stat: "Sum", label: "4xx" };
  const budget = Number((100 - objectives.availabilityPercent).toFixed(4));
  return row(region, [
    { title: `${name}: requests a minute`, metrics: metrics([all, refused, failed]) },
    {
      title: `${name}: latency in ms`,
      metrics: percentiles({ ...of, metric: "Latency" }),
      lines: objectiveLines(objectives.latencyMs),
    },
    {
      title: `${name}: percent of requests answered 5xx`,
      metrics: share(failed, all),
      lines: [{ value: budget, label: "objective" }],
    },
  ]);
}

export function functionGraphs(functions: Watched["functions"], objectives: Objectives, region: string): Tile[] {
  const each = (metric: string, stat: string) =>
    metrics(
      functions.map(({ id, ref }) => ({
        ...{ namespace: "AWS/Lambda", metric, dimensions: { FunctionName: ref.name } },
        ...{ stat, label: id },
      })),
    );
  return row(region, [
    { title: `Functions: errors (objective ${objectives.errorPercent} % of calls)`, metrics: each("Errors", "Sum") },
    { title: "Functions: throttled calls", metrics: each("Throttles", "Sum") },
    { title: "Functions: p95 duration in ms", metrics: each("Duration", "p95") },
    { title: "Functions: concurrent executions", metrics: each("ConcurrentExecutions", "Maximum") },
  ]);
}

export function tableGraphs(tables: Watched["tables"], region: string): Tile[] {
  const each = (read: string, write: string) =>
    metrics(
      tables.flatMap(({ id, ref }) =>
        [read, write].map((metric) => ({
          ...{ namespace: "AWS/DynamoDB", metric, dimensions: { TableName: ref.name } },
          ...{ stat: "Sum", label: `${id} ${metric === read ? "read" : "write"}` },
        })),
      ),
    );
  return row(region, [
    { title: "Tables: throttled events a minute", metrics: each("ReadThrottleEvents", "WriteThrottleEvents") },
    {
      title: "Tables: consumed units a minute",
      metrics: each("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"),
    },
  ]);
}

export function queueGraphs(
  { name, deadLetterName }: Watched["queue"],
  { reviewMinutes: { p50, p95, p99 } }: Objectives,
  alarmSeconds: number,
  region: string,
): Tile[] {
  const of = (queue: string, metric: string, label: string) => ({
    ...{ namespace: "AWS/SQS", metric, dimensions: { QueueName: queue } },
    ...{ stat: "Maximum", label },
  });
  return row(region, [
    {
      title: "Queue: age of the oldest review in s",
      metrics: metrics([of(name, "ApproximateAgeOfOldestMessage", "oldest")]),
      lines: [
        ...objectiveLines({ p50: p50 * 60, p95: p95 * 60, p99: p99 * 60 }),
        { value: alarmSeconds, label: "alarm" },
      ],
    },
    {
      title: "Queue: reviews waiting and given up",
      metrics: metrics([
        of(name, "ApproximateNumberOfMessagesVisible", "waiting"),
        of(deadLetterName, "ApproximateNumberOfMessagesVisible", "given up"),
      ]),
    },
  ]);
}

interface Graph {
  readonly title: string;
  readonly metrics: readonly unknown[];
  readonly lines?: readonly Line[];
}

/** Graphs side by side, sharing the 24 columns evenly. */
function row(region: string, graphs: readonly Graph[]): Tile[] {
  return graphs.map(({ title, metrics: graphed, lines: horizontal }) => ({
    type: "metric",
    width: Math.floor(24 / graphs.length),
    height: 6,
    properties: {
      ...{ title, region, view: "timeSeries", period: 60, metrics: graphed },
      ...(horizontal ? { annotations: { horizontal } } : {}),
    },
  }));
}
