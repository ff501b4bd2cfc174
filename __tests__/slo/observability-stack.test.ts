import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { alarmFindings } from "../../src/slo/alarm-findings";
import type { AlarmRow } from "../../src/slo/alarm-row";
import { AlarmSet } from "../../src/slo/alarm-set";
import { alertRegions } from "../../src/slo/alert-regions";
import { AlertTopics, topicPolicy } from "../../src/slo/alert-topics";
import { keyServices } from "../../src/slo/publishers";
import { ObservabilityStack } from "../../src/stacks/observability-stack";
import { type Estate, estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import { type Attributes, names, only, resources, synthesize, type TerraformJson } from "../support/synthesize";

function synthesized(environment: string): { json: TerraformJson; estate: Estate } {
  const app = new App({ stackTraces: false, skipValidation: true });
  const json = JSON.parse(Testing.synth(new ObservabilityStack(app, loadEnvironment(environment))));
  return { json, estate: estateOf([stackFacts("observability", json)]) };
}

const production = synthesized("production");
const staging = synthesized("staging");

const fourTopics = ["cost-alerts", "error-alerts", "security-events", "slo-violations"];

interface Statement {
  Effect: string;
  Principal: { Service?: string[]; AWS?: string };
  Action: string[];
  Resource: string;
  Condition?: Record<string, Record<string, string>>;
}

const statementsOf = ({ policy }: Attributes): Statement[] => JSON.parse(String(policy)).Statement;

/** The topic's policy, found by the ARN that its statements are about. */
function policyOf({ json }: typeof production, region: string, topic: string): Statement[] {
  const found = resources(json, "aws_sns_topic_policy").map(statementsOf);
  const policy = found.find(([first]) => first?.Resource.match(`^arn:aws:sns:${region}:\\d+:acme-\\w+-${topic}$`));
  if (policy === undefined) throw new Error(`${topic} in ${region} has no policy.`);
  return policy;
}

describe("the topics", () => {
  it.each([
    ["production", production, ["us-east-1", "us-east-2"]],
    ["staging", staging, ["eu-central-1", "us-east-1", "eu-west-1"]],
  ] as const)("of %s are four in each region where something alerts, and none twice", (name, { json }, regions) => {
    const found = resources(json, "aws_sns_topic").map((topic) => `${topic.region} ${topic.name}`);

    expect(found.sort()).toEqual(
      regions.flatMap((region) => fourTopics.map((topic) => `${region} acme-${name}-${topic}`)).sort(),
    );
  });

  it("are encrypted with the customer key of their own region", () => {
    const keys = new Map(
      managedResources(staging.estate, "aws_kms_key").map(({ address, region }) => [`\${${address}.arn}`, region]),
    );
    const aliases = resources(staging.json, "aws_kms_alias").map(({ name }) => name);

    const pairs = resources(staging.json, "aws_sns_topic").map((topic) => [
      topic.region,
      keys.get(String(topic.kms_master_key_id)),
    ]);

    expect(pairs).toHaveLength(12);
    for (const [topicRegion, keyRegion] of pairs) expect(keyRegion).toBe(topicRegion);
    expect(aliases).toEqual(Array(3).fill("alias/acme-staging-alerts"));
  });

  it("each have their subscribers", () => {
    const subscribers = managedResources(production.estate, "aws_sns_topic_subscription").map(
      ({ region, attributes }) => {
        const { topic_arn, protocol, endpoint } = attributes;
        const topic = /\.alerts-(?:home|dr)_(.*)_[0-9A-F]{8}\.arn/.exec(String(topic_arn))?.[1];
        return `${region} ${topic} ${protocol} ${endpoint}`;
      },
    );

    expect(subscribers.sort()).toEqual(
      ["us-east-1", "us-east-2"].flatMap((region) => [
        `${region} cost-alerts email finance@example.com`,
        `${region} error-alerts email oncall@example.com`,
        `${region} security-events email oncall@example.com`,
        `${region} security-events email security@example.com`,
        `${region} slo-violations email oncall@example.com`,
      ]),
    );
  });

  it.each([
    ["error-alerts", ["cloudwatch", "events", "backup"]],
    ["slo-violations", ["cloudwatch"]],
    ["security-events", ["cloudwatch", "events"]],
    ["cost-alerts", ["cloudwatch", "budgets", "costalerts"]],
  ])("%s admits %j to publish, and nobody else", (topic, services) => {
    const allowed = policyOf(production, "us-east-2", topic).filter(({ Effect }) => Effect === "Allow");

    expect(allowed.map(({ Principal }) => Principal)).toEqual(
      services.map((service) => ({ Service: [`${service}.amazonaws.com`] })),
    );
    expect(allowed.flatMap(({ Action }) => Action)).toEqual(services.map(() => "sns:Publish"));
  });

  it("admit only alarms of this account, environment and region", () => {
    const [alarms] = policyOf(staging, "eu-west-1", "error-alerts");

    expect(alarms?.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "444455556666" },
      ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:444455556666:alarm:acme-staging-*" },
    });
  });

  it("admit EventBridge without a condition, which would drop every message", () => {
    const events = policyOf(production, "us-east-1", "security-events").find(({ Principal }) =>
      Principal.Service?.includes("events.amazonaws.com"),
    );

    expect(events).toBeDefined();
    expect(events?.Condition).toBeUndefined();
  });

  it("refuse messages that did not come over TLS", () => {
    for (const policy of resources(production.json, "aws_sns_topic_policy").map(statementsOf)) {
      expect(policy.at(-1)).toMatchObject({
        Effect: "Deny",
        Principal: { AWS: "*" },
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  it("have keys that every publisher may use, EventBridge without a condition", () => {
    for (const key of resources(staging.json, "aws_kms_key").map(statementsOf)) {
      const services = key.filter(({ Principal }) => Principal.Service);
      const [events] = services.filter(({ Principal }) => Principal.Service?.[0] === "events.amazonaws.com");

      expect(services.map(({ Principal, Action }) => [Principal.Service?.[0], Action])).toEqual(
        ["cloudwatch", "events", "backup", "budgets", "costalerts"].map((service) => [
          `${service}.amazonaws.com`,
          ["kms:Decrypt", "kms:GenerateDataKey"],
        ]),
      );
      expect(events?.Condition ?? {}).toEqual({});
    }
  });
});

describe("the regions that need topics", () => {
  it.each([
    ["eu-central-1", "eu-west-1", ["home eu-central-1", "edge us-east-1", "dr eu-west-1"]],
    ["us-east-1", "us-east-2", ["home us-east-1", "dr us-east-2"]],
    ["eu-central-1", "us-east-1", ["home eu-central-1", "edge us-east-1"]],
  ])("of home %s and DR %s are each listed once", (region, drRegion, expected) => {
    expect(alertRegions({ region, drRegion }).map((each) => `${each.id} ${each.region}`)).toEqual(expected);
  });
});

describe("a topic", () => {
  const json = synthesize((stack) => {
    new AlertTopics(stack, "alerts", {
      names,
      region: "us-east-2",
      keyArn: "arn:aws:kms:us-east-2:111122223333:key/1",
      subscribers: {
        "error-alerts": ["Ann.Lee@example.com", "Ann.Lee@example.com"],
        "slo-violations": ["bob@example.com"],
        "security-events": ["bob@example.com"],
        "cost-alerts": ["bob@example.com"],
      },
    });
  });

  it("asks everybody once, under an address in the state that is theirs wherever they stand in the list", () => {
    const ids = Object.keys(json.resource?.aws_sns_topic_subscription ?? {});

    expect(ids.map((id) => id.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "alerts_cost-alerts-to-bob-example-com",
      "alerts_error-alerts-to-ann-lee-example-com",
      "alerts_security-events-to-bob-example-com",
      "alerts_slo-violations-to-bob-example-com",
    ]);
  });

  it("speaks of itself in every statement", () => {
    const { Statement } = JSON.parse(topicPolicy("cost-alerts", names, "us-east-2"));

    expect(Statement.map(({ Resource }: Statement) => Resource)).toEqual(
      Array(4).fill("arn:aws:sns:us-east-2:111122223333:acme-test-cost-alerts"),
    );
  });

  it("has a key that binds CloudWatch to the same alarms as the topic", () => {
    const [cloudwatch] = keyServices({ accountId: "111122223333", alarmArns: "arn:aws:cloudwatch:x:1:alarm:a-*" });

    expect(cloudwatch).toEqual({
      principal: "cloudwatch.amazonaws.com",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      conditions: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:x:1:alarm:a-*" },
      },
    });
  });
});

describe("an alarm", () => {
  const row: AlarmRow = {
    key: "lost",
    severity: "ticket",
    topic: "error-alerts",
    meaning: "It is lost.",
    unit: "things",
    queries: [],
    periodSeconds: 60,
    datapointsToAlarm: 3,
    evaluationPeriods: 5,
    comparison: ">",
    threshold: 0,
    missingData: "notBreaching",
    runbook: "RB-14",
    scenarios: [],
  };
  const query = { id: "a", namespace: "A", metricName: "B", dimensions: {}, stat: "Sum" };

  it.each([
    ["without a metric", [], "The alarm lost has no metric; give it at least one query."],
    [
      "of two metrics and no expression",
      [query, query],
      "The alarm lost has 2 queries; say in `expression` how to join them.",
    ],
  ])("%s is refused", (_, queries, message) => {
    const build = () =>
      synthesize((stack) => {
        new AlarmSet(stack, "alarms", {
          names,
          rows: [{ ...row, queries }],
          region: "us-east-1",
          runbookBaseUrl: "https://x",
        });
      });

    expect(build).toThrow(message);
  });
});

describe("the alarms", () => {
  it.each([
    ["production", production, "us-east-1", 35],
    ["staging", staging, "eu-central-1", 41],
  ] as const)("of %s live in the region of their metrics and tell a topic there", (_, { json }, region, count) => {
    const alarms = resources(json, "aws_cloudwatch_metric_alarm");

    expect(alarms).toHaveLength(count);
    for (const alarm of alarms) {
      expect(alarm.region).toBe(region);
      expect(alarm.alarm_actions).toEqual([
        expect.stringMatching(`^arn:aws:sns:${region}:\\d{12}:acme-\\w+-(error-alerts|security-events)$`),
      ]);
    }
  });

  it.each([
    ["production", production],
    ["staging", staging],
  ] as const)("of %s are sound by every lint", (name, { estate }) => {
    const { functions } = loadEnvironment(name);
    const timeouts = new Map(
      [
        ...Object.entries(functions),
        ...["github-app-hook", "github-repo-hook", "spacelift-named-webhook"].map(
          (kind) => [`rotate-${kind}`, functions["rotate-secret"]] as const,
        ),
      ].map(([id, { timeoutSeconds }]) => [`acme-${name}-${id}`, timeoutSeconds]),
    );

    expect(alarmFindings(estate, timeouts)).toEqual([]);
  });

  it("say what happened, in which unit, and end in the runbook's address", () => {
    const dlq = resources(production.json, "aws_cloudwatch_metric_alarm").find(
      ({ alarm_name }) => alarm_name === "acme-production-ticket-dlq",
    );

    expect(dlq?.alarm_description).toBe(
      [
        "Reviews were given up after their last attempt and lie in acme-production-reviews-dlq.",
        "Scenarios: none",
        "Value: messages",
        "Runbook: https://github.com/acme/production-hardening/blob/v0.1.0/runbooks/RB-14-debug-lambda-function.md",
      ].join("\n"),
    );
    expect(dlq?.tags).toEqual({ Severity: "ticket", Scenarios: "none", Runbook: "RB-14" });
  });

  it("are all on the dashboard", () => {
    const body = JSON.parse(String(only(production.json, "aws_cloudwatch_dashboard").dashboard_body));
    const shown = body.widgets.flatMap(
      (widget: { properties: { alarms?: string[] } }) => widget.properties.alarms ?? [],
    );

    const alarms = resources(production.json, "aws_cloudwatch_metric_alarm").map(
      ({ alarm_name }) => `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${alarm_name}`,
    );

    expect(shown.sort()).toEqual(alarms.sort());
  });
});

describe("the bill", () => {
  it.each([
    ["production", production, "home"],
    ["staging", staging, "edge"],
  ] as const)("of %s is told through the topic in us-east-1, once it admits the sender", (_, { json }, id) => {
    const [notification] = only(json, "aws_budgets_budget").notification as { subscriber_sns_topic_arns: string[] }[];
    const [subscriber] = only(json, "aws_ce_anomaly_subscription").subscriber as { address: string }[];

    const policyArn = new RegExp(`^\\$\\{aws_sns_topic_policy\\.alerts-${id}_cost-alerts-policy_[0-9A-F]+\\.arn\\}$`);
    expect(notification?.subscriber_sns_topic_arns).toEqual([expect.stringMatching(policyArn)]);
    expect(subscriber?.address).toMatch(policyArn);
  });
});
