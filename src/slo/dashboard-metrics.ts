/** A line across a graph. */
export interface Line {
  readonly value: number;
  readonly label: string;
}

export interface GraphedMetric {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: string;
  readonly label: string;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

type Options = Readonly<Record<string, string | boolean>>;

/** Metrics in the form of a dashboard: namespace, name, dimensions in pairs, options. */
export const metrics = (all: readonly GraphedMetric[]) =>
  all.map(({ stat, label, ...metric }) => entry(metric, { stat, label }));

/** The median and the slow ends of a duration. */
export const percentiles = (metric: Omit<GraphedMetric, "stat" | "label">) =>
  metrics(["p50", "p95", "p99"].map((stat) => ({ ...metric, stat, label: stat })));

/** One metric as percent of another; missing where there is nothing to divide by. */
export function share(part: Omit<GraphedMetric, "label">, whole: Omit<GraphedMetric, "label">) {
  return [
    [{ expression: "100 * part / whole", id: "share", label: "percent" }],
    entry(part, { stat: part.stat, id: "part", visible: false }),
    entry(whole, { stat: whole.stat, id: "whole", visible: false }),
  ];
}

/** Lines at the values of an objective. */
export const objectiveLines = ({ p50, p95, p99 }: Percentiles): Line[] => [
  { value: p50, label: "objective p50" },
  { value: p95, label: "objective p95" },
  { value: p99, label: "objective p99" },
];

function entry(metric: Omit<GraphedMetric, "stat" | "label">, options: Options) {
  return [metric.namespace, metric.metric, ...Object.entries(metric.dimensions).flat(), options];
}
