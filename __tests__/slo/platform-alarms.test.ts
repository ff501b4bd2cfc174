import fc from "fast-check";
import production from "../../environments/production";
import { loadEnvironment, parseEnvironment } from "../../src/config/load";
import { createNames } from "../../src/config/names";
import type { Environment } from "../../src/config/schema";
import { shape } from "../../src/config/shape";
import type { AlarmRow } from "../../src/slo/alarm-row";
import { apiAlarms } from "../../src/slo/api-alarms";
import { datapoints, functionAlarms } from "../../src/slo/function-alarms";
import { platformAlarms } from "../../src/slo/platform-alarms";
import { queueAlarms } from "../../src/slo/queue-alarms";
import { tableAlarms } from "../../src/slo/table-alarms";
import { platform } from "../../src/slo/watched";

const thresholds = {
  api5xxPercent: 5,
  api4xxPercent: 25,
  functionErrorPercent: 5,
  durationShareOfTimeout: 0.8,
  queueAgeSeconds: 240,
  groupExpiryDays: 30,
  signaturesInvalid: 10,
  spaceliftFailures: 3,
};
/** Alarms of secrets are judged in `secret-alarms.test.ts`. */
const noRotation = { secrets: [], redelivers: false, functions: [] };
const config = loadEnvironment("production");
const all = platformAlarms(platform(config, createNames(config), noRotation), thresholds);
const ofSecrets = ["signature-invalid-github", "signature-invalid-spacelift", "keys-unavailable", "spacelift-failing"];
const rows = all.filter(({ key }) => !ofSecrets.includes(key));

/** The catalogue as an operator reads it: what is read, compared how, when it fires, and what to open. */
const line = (row: AlarmRow) => [
  row.key,
  row.queries.map(({ id, namespace, metricName, dimensions, stat }) => {
    const where = Object.entries(dimensions).map(([name, value]) => `${name}=${value.replace("acme-production-", "")}`);
    return `${id} = ${namespace} ${metricName}{${where.join(",")}} ${stat}`;
  }),
  row.expression ?? "the metric",
  `${row.comparison} ${row.threshold}, ${row.periodSeconds} s, ${row.datapointsToAlarm}/${row.evaluationPeriods}`,
  `${row.runbook} ${row.scenarios.join(" ")}`.trim(),
];

const errorsOf = (name: string) => [
  `err = AWS/Lambda Errors{FunctionName=${name}} Sum`,
  `thr = AWS/Lambda Throttles{FunctionName=${name}} Sum`,
  `inv = AWS/Lambda Invocations{FunctionName=${name}} Sum`,
];
const errorShare = (calls: number) =>
  `IF((FILL(inv,0) + FILL(thr,0)) >= ${calls}, 100 * (FILL(err,0) + FILL(thr,0)) / (FILL(inv,0) + FILL(thr,0)), 0)`;
const durationOf = (name: string) => [`m = AWS/Lambda Duration{FunctionName=${name}} p95`];
const errorScenarios = "FS-02 FS-03 FS-04 FS-06 FS-15";

const expected = [
  [
    "api-5xx",
    [
      "bad = AWS/ApiGateway 5XXError{ApiName=api,Stage=live} Sum",
      "n = AWS/ApiGateway Count{ApiName=api,Stage=live} SampleCount",
    ],
    "IF(FILL(n,0) >= 20, 100 * FILL(bad,0) / FILL(n,0), 0)",
    "> 5, 60 s, 3/5",
    `RB-07 ${errorScenarios}`,
  ],
  [
    "api-4xx",
    [
      "bad = AWS/ApiGateway 4XXError{ApiName=api,Stage=live} Sum",
      "n = AWS/ApiGateway Count{ApiName=api,Stage=live} SampleCount",
    ],
    "IF(FILL(n,0) >= 50, 100 * FILL(bad,0) / FILL(n,0), 0)",
    "> 25, 300 s, 2/3",
    "RB-15",
  ],
  ["lambda-errors-webhook", errorsOf("webhook"), errorShare(3), "> 5, 300 s, 2/3", `RB-06 ${errorScenarios}`],
  ["lambda-duration-webhook", durationOf("webhook"), "the metric", "> 8000, 300 s, 2/3", "RB-08 FS-02 FS-04"],
  ["lambda-errors-authorizer", errorsOf("authorizer"), errorShare(20), "> 5, 60 s, 3/6", `RB-15 ${errorScenarios}`],
  ["lambda-duration-authorizer", durationOf("authorizer"), "the metric", "> 4000, 60 s, 3/6", "RB-08 FS-02 FS-04"],
  ["lambda-errors-reviews-api", errorsOf("reviews-api"), errorShare(20), "> 5, 60 s, 3/6", `RB-06 ${errorScenarios}`],
  ["lambda-duration-reviews-api", durationOf("reviews-api"), "the metric", "> 23200, 60 s, 3/6", "RB-08 FS-02 FS-04"],
  ["lambda-errors-reviewer", errorsOf("reviewer"), errorShare(3), "> 5, 300 s, 2/5", `RB-06 ${errorScenarios}`],
  ["lambda-duration-reviewer", durationOf("reviewer"), "the metric", "> 720000, 300 s, 2/5", "RB-08 FS-02 FS-04"],
  ["lambda-errors-probe", errorsOf("probe"), errorShare(3), "> 5, 300 s, 2/3", `RB-06 ${errorScenarios}`],
  ["lambda-duration-probe", durationOf("probe"), "the metric", "> 24000, 300 s, 2/3", "RB-08 FS-02 FS-04"],
  [
    "lambda-errors-sync-github-ips",
    errorsOf("sync-github-ips"),
    errorShare(1),
    "> 5, 3600 s, 2/3",
    `RB-14 ${errorScenarios}`,
  ],
  [
    "lambda-duration-sync-github-ips",
    durationOf("sync-github-ips"),
    "the metric",
    "> 24000, 3600 s, 2/3",
    "RB-08 FS-02 FS-04",
  ],
  ...["reviews", "deliveries"].map((table) => [
    `table-throttled-${table}`,
    [
      `r = AWS/DynamoDB ReadThrottleEvents{TableName=${table}} Sum`,
      `w = AWS/DynamoDB WriteThrottleEvents{TableName=${table}} Sum`,
    ],
    "FILL(r,0) + FILL(w,0)",
    "> 0, 60 s, 3/5",
    "RB-09 FS-03",
  ]),
  [
    "queue-age",
    ["m = AWS/SQS ApproximateAgeOfOldestMessage{QueueName=reviews} Maximum"],
    "the metric",
    ">= 240, 60 s, 3/5",
    "RB-14 FS-16",
  ],
  [
    "dlq",
    ["v = AWS/SQS ApproximateNumberOfMessagesVisible{QueueName=reviews-dlq} Maximum"],
    "FILL(v,0)",
    ">= 1, 300 s, 1/1",
    "RB-14",
  ],
];

describe("the alarms of the platform", () => {
  it("are the catalogue, value by value", () => {
    expect(rows.map(line)).toEqual(expected);
    expect(all).toHaveLength(rows.length + ofSecrets.length);
  });

  it("are tickets for those who watch errors, and silence is never a fault by itself", () => {
    const kinds = rows.map(({ severity, topic, missingData }) => `${severity} ${topic} ${missingData}`);

    expect([...new Set(kinds)]).toEqual(["ticket error-alerts notBreaching"]);
  });

  it("evaluate percentiles of quiet functions, which CloudWatch would ignore below 200 calls", () => {
    const percentiles = rows.filter(({ queries }) => queries.some(({ stat }) => stat === "p95"));

    expect(percentiles.map(({ lowSamples }) => lowSamples)).toEqual(Array(6).fill("evaluate"));
  });

  it("are the same for things that are only watched, under keys that end in their ids", () => {
    const alarms = [
      ...apiAlarms([{ id: "billing", ref: { name: "Billing", stage: "prod" } }], thresholds),
      ...functionAlarms(
        [{ id: "invoice", ref: { name: "Invoice", timeoutSeconds: 120 }, traffic: "quiet" }],
        thresholds,
      ),
      ...tableAlarms([{ id: "invoices", ref: { name: "Invoices" } }]),
    ];

    expect(alarms.map(({ key, queries }) => [key, queries[0]?.dimensions])).toEqual([
      ["api-5xx-billing", { ApiName: "Billing", Stage: "prod" }],
      ["api-4xx-billing", { ApiName: "Billing", Stage: "prod" }],
      ["lambda-errors-invoice", { FunctionName: "Invoice" }],
      ["lambda-duration-invoice", { FunctionName: "Invoice" }],
      ["table-throttled-invoices", { TableName: "Invoices" }],
    ]);
  });

  it("say in their message what was configured", () => {
    const [age] = queueAlarms({ name: "acme-reviews", deadLetterName: "acme-reviews-dlq" }, 90);

    expect(age?.threshold).toBe(90);
    expect(age?.meaning).toBe("The oldest review in acme-reviews has waited 90 s or longer.");
  });
});

it("nothing watches the function that keeps GitHub's addresses where it is not deployed", () => {
  const without = { ...config, waf: { ...config.waf, syncGithubCidrs: false } };
  const keys = platformAlarms(platform(without, createNames(without), noRotation), thresholds).map(({ key }) => key);

  expect(keys).toHaveLength(all.length - 2);
  expect(keys.filter((key) => key.includes("sync-github-ips"))).toEqual([]);
});

describe("a version of AWS's firewall rules", () => {
  const expiring = (waf: Environment["waf"]) => {
    const pinned = parseEnvironment({ ...production, waf }, "environments/production.ts");
    return platformAlarms(platform(pinned, createNames(pinned), noRotation), thresholds).filter(({ key }) =>
      key.startsWith("firewall-version"),
    );
  };

  it("that nobody has fixed cannot end", () => {
    expect(expiring({})).toEqual([]);
  });

  it("is warned of 30 days before it ends, each group by itself", () => {
    const rows = expiring({
      groupVersions: { AWSManagedRulesSQLiRuleSet: "Version_2.3", AWSManagedRulesCommonRuleSet: "Version_1.19" },
    });

    const metric = (group: string) =>
      `m = AWS/WAFV2 DaysToExpiry{WebACL=api,Region=us-east-1,ManagedRuleGroup=${group}} Minimum`;
    expect(rows.map(line)).toEqual([
      [
        "firewall-version-common",
        [metric("AWSManagedRulesCommonRuleSet")],
        "the metric",
        "<= 30, 86400 s, 1/1",
        "RB-15",
      ],
      ["firewall-version-sqli", [metric("AWSManagedRulesSQLiRuleSet")], "the metric", "<= 30, 86400 s, 1/1", "RB-15"],
    ]);
    expect(rows.map(({ severity, topic, missingData }) => [severity, topic, missingData])).toEqual([
      ["ticket", "security-events", "ignore"],
      ["ticket", "security-events", "ignore"],
    ]);
    expect(rows[0]?.meaning).toBe(
      "The version of AWSManagedRulesCommonRuleSet in acme-production-api ends within 30 days; then AWS chooses another. Pin a newer one in waf.groupVersions.",
    );
  });

  it("of every group that may be fixed is watched", () => {
    const groups = Object.keys(shape.shape.waf.unwrap().shape.groupVersions.unwrap().shape);
    const versions = Object.fromEntries(groups.map((group) => [group, "Version_1.0"]));

    expect(groups).toHaveLength(4);
    expect(
      expiring({ groupVersions: versions })
        .map(({ queries }) => queries[0]?.dimensions.ManagedRuleGroup)
        .sort(),
    ).toEqual(groups.sort());
  });
});

describe("the look-back of a function's alarms", () => {
  it.each([
    [5, "busy", 60, 3, 6],
    [59, "busy", 60, 3, 6],
    [60, "busy", 300, 2, 3],
    [10, "quiet", 300, 2, 3],
    [300, "quiet", 300, 2, 3],
    [900, "quiet", 300, 2, 5],
    [30, "hourly", 3600, 2, 3],
    [900, "hourly", 3600, 2, 3],
  ] as const)("with a timeout of %i s and %s traffic", (timeout, traffic, periodSeconds, toAlarm, periods) => {
    expect(datapoints(timeout, traffic)).toEqual({
      periodSeconds,
      datapointsToAlarm: toAlarm,
      evaluationPeriods: periods,
    });
  });

  it("still holds enough datapoints when an error arrives as late as its timeout and two minutes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom("busy" as const, "quiet" as const, "hourly" as const),
        (timeout, traffic) => {
          const { periodSeconds, datapointsToAlarm, evaluationPeriods } = datapoints(timeout, traffic);
          const wholeDatapointsHidden = Math.floor((60 * Math.ceil(timeout / 60) + 120) / periodSeconds);

          expect(evaluationPeriods - wholeDatapointsHidden).toBeGreaterThanOrEqual(datapointsToAlarm);
        },
      ),
    );
  });

  it("lets a threshold in milliseconds be a whole number", () => {
    const [, duration] = functionAlarms(
      [{ id: "a", ref: { name: "a", timeoutSeconds: 29 }, traffic: "busy" }],
      thresholds,
    );

    expect(duration?.threshold).toBe(23_200);
  });
});
