import { loadEnvironment } from "../../src/config/load";
import { createNames } from "../../src/config/names";
import { type DashboardProps, dashboardBody, dashboardJson } from "../../src/slo/dashboard";
import { functionGraphs, tableGraphs } from "../../src/slo/dashboard-graphs";
import { grid, type Widget } from "../../src/slo/dashboard-grid";
import { share } from "../../src/slo/dashboard-metrics";
import { platform } from "../../src/slo/watched";

const config = loadEnvironment("production");
const props: DashboardProps = {
  title: "acme production",
  watched: platform(config, createNames(config), { secrets: [], redelivers: false, functions: [] }),
  alarmArns: ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:acme-production-ticket-dlq"],
  region: "us-east-1",
  runbookBaseUrl: "https://example.com/v1",
  objectives: {
    availabilityPercent: 99.9,
    errorPercent: 0.1,
    latencyMs: { p50: 200, p95: 500, p99: 1000 },
    reviewMinutes: { p50: 2, p95: 5, p99: 10 },
  },
  queueAgeAlarmSeconds: 240,
};
const { widgets } = dashboardBody(props);

/** The entries of a widget's `metrics` that name a metric: namespace, name, dimension names. */
function readMetrics({ properties }: Widget): string[] {
  const entries = Array.isArray(properties.metrics) ? properties.metrics : [];
  return entries
    .filter((entry) => typeof entry[0] === "string")
    .map((entry) =>
      [entry[0], entry[1], ...entry.slice(2, -1).filter((_: unknown, index: number) => index % 2 === 0)].join(" "),
    );
}

function options({ properties }: Widget): Record<string, unknown>[] {
  const entries: unknown[][] = Array.isArray(properties.metrics) ? properties.metrics : [];
  return entries.map((entry) => entry.at(-1) as Record<string, unknown>);
}

/** What AWS publishes, with the dimensions it publishes it under. */
const known = [
  ...["4XXError", "5XXError", "Count", "Latency"].map((name) => `AWS/ApiGateway ${name} ApiName Stage`),
  ...["Errors", "Throttles", "Duration", "ConcurrentExecutions"].map((name) => `AWS/Lambda ${name} FunctionName`),
  ...["ReadThrottleEvents", "WriteThrottleEvents", "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"].map(
    (name) => `AWS/DynamoDB ${name} TableName`,
  ),
  ...["ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"].map((name) => `AWS/SQS ${name} QueueName`),
];

describe("the dashboard", () => {
  it("shows every metric under the name and dimensions that AWS gives it, and no other", () => {
    const shown = new Set(widgets.flatMap(readMetrics));

    expect([...shown].sort()).toEqual([...known].sort());
  });

  it("fits 24 columns without an overlap", () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, index) => `${x + (index % width)},${y + Math.floor(index / width)}`),
    );

    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24);
  });

  it("uses each id once a widget, and computes with ids that the widget has", () => {
    for (const widget of widgets) {
      const ids = options(widget).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
      const used = options(widget).flatMap(({ expression }) => String(expression ?? "").match(/[a-z]\w*/g) ?? []);

      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(used));
    }
  });

  it("draws the objectives across the graphs they are about", () => {
    const drawn = widgets.flatMap(({ properties }) => {
      const { horizontal = [] } = (properties.annotations ?? {}) as { horizontal?: { value: number; label: string }[] };
      return horizontal.map(({ value, label }) => `${properties.title}: ${label} ${value}`);
    });

    expect(drawn).toEqual([
      "acme-production-api: latency in ms: objective p50 200",
      "acme-production-api: latency in ms: objective p95 500",
      "acme-production-api: latency in ms: objective p99 1000",
      "acme-production-api: percent of requests answered 5xx: objective 0.1",
      "Queue: age of the oldest review in s: objective p50 120",
      "Queue: age of the oldest review in s: objective p95 300",
      "Queue: age of the oldest review in s: objective p99 600",
      "Queue: age of the oldest review in s: alarm 240",
    ]);
  });

  it("links every runbook", () => {
    const text = widgets.find(({ type }) => type === "text")?.properties.markdown;

    expect(text).toContain("[RB-09 dynamodb throttling](https://example.com/v1/runbooks/RB-09-dynamodb-throttling.md)");
    expect(String(text).match(/\]\(https:/g)).toHaveLength(7);
  });

  it("spreads alarms over widgets of the hundred that CloudWatch shows", () => {
    const alarmArns = Array.from({ length: 201 }, (_, index) => `arn:${index}`);

    const shown = dashboardBody({ ...props, alarmArns }).widgets.filter(({ type }) => type === "alarm");

    expect(shown.map(({ properties }) => (properties.alarms as string[]).length)).toEqual([100, 100, 1]);
  });

  it("keeps what Terraform would read as an expression as text", () => {
    const json = dashboardJson({ ...props, title: "cost in ${currency} at %{rate}" });

    expect(json).toContain("cost in $${currency} at %%{rate}");
    expect(() => JSON.parse(json)).not.toThrow();
  });

  it("shows a share in percent and hides what it is made of", () => {
    const metric = (name: string, stat: string) => ({ namespace: "A", metric: name, dimensions: { B: "c" }, stat });

    expect(share(metric("Bad", "Sum"), metric("All", "SampleCount"))).toEqual([
      [{ expression: "100 * part / whole", id: "share", label: "percent" }],
      ["A", "Bad", "B", "c", { stat: "Sum", id: "part", visible: false }],
      ["A", "All", "B", "c", { stat: "SampleCount", id: "whole", visible: false }],
    ]);
  });

  it("has a line for each function and table, whoever owns it", () => {
    const functions = functionGraphs(
      [{ id: "invoice", ref: { name: "Invoice", timeoutSeconds: 120 }, traffic: "quiet" }],
      props.objectives,
      "eu-west-1",
    );
    const tables = tableGraphs([{ id: "invoices", ref: { name: "Invoices" } }], "eu-west-1");

    expect(functions).toHaveLength(4);
    expect(functions[2]?.properties).toMatchObject({
      region: "eu-west-1",
      metrics: [["AWS/Lambda", "Duration", "FunctionName", "Invoice", { stat: "p95", label: "invoice" }]],
    });
    expect(tables[0]?.properties.metrics).toEqual([
      ["AWS/DynamoDB", "ReadThrottleEvents", "TableName", "Invoices", { stat: "Sum", label: "invoices read" }],
      ["AWS/DynamoDB", "WriteThrottleEvents", "TableName", "Invoices", { stat: "Sum", label: "invoices write" }],
    ]);
  });

  it("refuses a row that is wider than the page", () => {
    const tile = { type: "text", width: 13, height: 1, properties: {} } as const;

    expect(() => grid([[tile, tile]])).toThrow("A row of the dashboard is 26 columns wide; there are 24.");
  });
});
