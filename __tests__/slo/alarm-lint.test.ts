import { alarmFindings } from "../../src/slo/alarm-findings";
import { alarmLints } from "../../src/slo/alarm-lint";
import { readAlarms } from "../../src/slo/read-alarms";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";

const topic = "arn:aws:sns:us-east-1:111122223333:acme-error-alerts";

const sound: JsonObject = {
  alarm_name: "acme-ticket-errors",
  comparison_operator: "GreaterThanThreshold",
  threshold: 5,
  evaluation_periods: 5,
  datapoints_to_alarm: 3,
  treat_missing_data: "notBreaching",
  alarm_actions: [topic],
  namespace: "AWS/Lambda",
  metric_name: "Invocations",
  dimensions: { FunctionName: "acme-webhook" },
  period: 60,
  statistic: "Sum",
};

/** The alarm with `change`; null takes an attribute away. */
function findings(change: JsonObject, resources: JsonObject = {}, timeouts = new Map<string, number>()) {
  const json: JsonObject = {
    provider: { aws: [{ region: "us-east-1", allowed_account_ids: ["111122223333"] }] },
    resource: {
      aws_cloudwatch_metric_alarm: { alarm: { ...sound, ...change } },
      aws_sns_topic: { errors: { name: "acme-error-alerts" }, unheard: { name: "acme-unheard" } },
      aws_sns_topic_subscription: { mail: { topic_arn: "${aws_sns_topic.errors.arn}", protocol: "email" } },
      aws_lambda_function: { webhook: { function_name: "acme-webhook", timeout: 900 } },
      ...resources,
    },
  };
  const found = alarmFindings(estateOf([stackFacts("observability", json)]), timeouts);
  return found.map(({ lint, message }) => `${lint} ${message}`);
}

const single = { namespace: null, metric_name: null, dimensions: null, period: null, statistic: null };

const query = (id: string, change: JsonObject = {}): JsonObject => ({
  id,
  return_data: false,
  metric: {
    namespace: "AWS/SQS",
    metric_name: "NumberOfMessagesSent",
    dimensions: { QueueName: "reviews" },
    period: 60,
    stat: "Sum",
    ...change,
  },
});

const math = (expression: string, ...queries: JsonObject[]): JsonObject => ({
  ...single,
  metric_query: [...queries, { id: "value", expression, return_data: true }],
});

const table = (id: string, name: string) =>
  query(id, { namespace: "AWS/DynamoDB", metric_name: name, dimensions: { TableName: "reviews" } });

describe("a sound alarm", () => {
  it.each([
    ["on one metric", {}],
    ["on a computed value", math("FILL(a,0) + FILL(b,0)", query("a"), query("b"))],
    [
      "on a percentile",
      { statistic: null, extended_statistic: "p95", evaluate_low_sample_count_percentiles: "evaluate" },
    ],
    ["on a table", math("FILL(r,0)", table("r", "ReadThrottleEvents"))],
    [
      "on many operations of a table",
      math('SUM(FILL(METRICS("sys"), 0))', table("sys1", "SystemErrors"), table("sys2", "SystemErrors")),
    ],
    [
      "with the metric written as a list, as a plan has it",
      math("FILL(a,0)", { ...query("a"), metric: [query("a").metric ?? null] }),
    ],
  ] as const)("%s has no finding", (_, change) => {
    expect(findings(change)).toEqual([]);
  });
});

const broken: readonly [lint: string, what: string, change: JsonObject, message: string][] = [
  ["L1", "a period of 90 s", { period: 90 }, "has a period of 90 s; allowed are 10, 20, 30 and multiples of 60."],
  [
    "L2",
    "two days by the minute",
    { evaluation_periods: 2880 },
    "looks back 172800 s; with its period CloudWatch takes at most 86400 s.",
  ],
  [
    "L2",
    "eight days by the hour",
    { period: 3600, evaluation_periods: 192 },
    "looks back 691200 s; with its period CloudWatch takes at most 604800 s.",
  ],
  [
    "L3",
    "eleven metrics",
    math("FILL(a1,0)", ...Array.from({ length: 11 }, (_, index) => query(`a${index + 1}`))),
    "reads 11 metrics; at most 10 are allowed.",
  ],
  [
    "L3",
    "two periods",
    math("FILL(a,0) + FILL(b,0)", query("a"), query("b", { period: 300 })),
    "mixes periods; use one.",
  ],
  [
    "L3",
    "two results",
    math("FILL(a,0)", { ...query("a"), return_data: true }),
    "returns 2 results; exactly one is allowed.",
  ],
  ["L3", "one id twice", math("FILL(a,0)", query("a"), query("a")), "uses an id twice."],
  [
    "L3",
    "a capital id",
    math("FILL(a,0)", query("a"), query("B")),
    "has the id B; ids begin with a lower-case letter.",
  ],
  ["L3", "an unknown id", math("FILL(b,0)", query("a")), "computes with b, which is no query of it."],
  [
    "L7",
    "a topic of another region",
    { alarm_actions: ["arn:aws:sns:us-east-2:111122223333:acme-error-alerts"] },
    "tells arn:aws:sns:us-east-2:111122223333:acme-error-alerts, but lives in us-east-1; an alarm reaches topics of its own region.",
  ],
  [
    "L7",
    "a topic that nobody reads",
    { alarm_actions: ["arn:aws:sns:us-east-1:111122223333:acme-unheard"] },
    "tells arn:aws:sns:us-east-1:111122223333:acme-unheard, which does not exist or has no subscriber.",
  ],
  ["L9", "no word on silence", { treat_missing_data: null }, "does not say what silence means."],
  ["L9", "silence as missing", { treat_missing_data: "missing" }, "does not say what silence means."],
  ["L9", "a unit", { unit: "Count" }, "filters by unit; a metric of another unit would never fire it."],
  [
    "L9",
    "a percentile without its low-sample mode",
    { statistic: null, extended_statistic: "p95" },
    "does not say what few samples mean.",
  ],
  [
    "L12",
    "all datapoints of a count over five minutes",
    { period: 300, evaluation_periods: 2, datapoints_to_alarm: 2 },
    "needs all 2 datapoints of a count, and the newest is only partly there; leave one to spare.",
  ],
  [
    "L13",
    "a table's metric as it is",
    { namespace: "AWS/DynamoDB", metric_name: "ReadThrottleEvents", dimensions: { TableName: "reviews" } },
    "reads ReadThrottleEvents without FILL; DynamoDB is silent while all is well, so it may never clear.",
  ],
  [
    "L13",
    "a table's metric beside a filled one",
    math("FILL(r,0) + w", table("r", "ReadThrottleEvents"), table("w", "WriteThrottleEvents")),
    "reads WriteThrottleEvents without FILL; DynamoDB is silent while all is well, so it may never clear.",
  ],
  [
    "L14",
    "errors of a slow function in sight for five minutes",
    { metric_name: "Errors" },
    "forgets errors of acme-webhook before they arrive: they carry the start of a call of up to 900 s.",
  ],
  [
    "L14",
    "errors of a function nobody knows",
    { metric_name: "Errors", dimensions: { FunctionName: "legacy" } },
    "watches legacy, whose timeout is not known.",
  ],
  [
    "L16",
    "one minute for a single event",
    { evaluation_periods: 1, datapoints_to_alarm: 1 },
    "may miss a single event that is reported late; look back at least 240 s.",
  ],
];

describe("an alarm that cannot work", () => {
  it.each(broken)("is found by %s: %s", (lint, _, change, message) => {
    expect(findings(change)).toContain(`${lint} ${message}`);
  });

  it("is found by L7: an edge metric outside its region", () => {
    const elsewhere = "arn:aws:sns:eu-central-1:111122223333:acme-error-alerts";

    const found = findings(
      { region: "eu-central-1", namespace: "AWS/CloudFront", alarm_actions: [elsewhere] },
      { aws_sns_topic_subscription: { mail: { topic_arn: elsewhere, protocol: "email" } } },
    );

    expect(found).toEqual(["L7 reads a metric that exists in us-east-1 only."]);
  });

  it("has an example for every lint", () => {
    expect([...new Set(broken.map(([lint]) => lint))]).toEqual(alarmLints.map(({ id }) => id));
  });

  it("is sound once the timeout of a function that is only watched is told", () => {
    const change = { metric_name: "Errors", dimensions: { FunctionName: "legacy" }, evaluation_periods: 6 };

    expect(findings(change, {}, new Map([["legacy", 30]]))).toEqual([]);
  });

  it("cannot be read without a threshold, and is then no pass", () => {
    expect(() => findings({ threshold: null })).toThrow("aws_cloudwatch_metric_alarm.alarm.threshold");
  });

  it("is read as it will be applied: all datapoints where it says nothing else, and only dimensions that are known", () => {
    const bucket = { SourceBucket: "a", RuleId: "${aws_s3_bucket_replication_configuration.r.id}" };
    const json: JsonObject = {
      resource: {
        aws_cloudwatch_metric_alarm: { alarm: { ...sound, datapoints_to_alarm: null, dimensions: bucket } },
        aws_s3_bucket_replication_configuration: { r: {} },
      },
    };

    const [alarm] = readAlarms(estateOf([stackFacts("recovery", json)]));

    expect(alarm?.datapointsToAlarm).toBe(5);
    expect(alarm?.metrics[0]?.dimensions).toEqual(new Map([["SourceBucket", "a"]]));
  });
});
