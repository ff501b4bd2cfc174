import { AnomalyAlert } from "../../src/cost/anomaly-alert";
import { Budget } from "../../src/cost/budget";
import { only, synthesize } from "../support/synthesize";

const topicArn = "arn:aws:sns:us-east-1:111122223333:acme-test-cost-alerts";

describe("the budget", () => {
  const json = synthesize((stack) => {
    new Budget(stack, "budget", {
      name: "acme-test-monthly",
      monthlyUsd: 180,
      actualPercents: [50, 80, 100],
      forecastPercent: 100,
      topicArn,
    });
  });
  const budget = only(json, "aws_budgets_budget");

  it("limits the account's month in dollars", () => {
    expect(budget).toMatchObject({
      name: "acme-test-monthly",
      budget_type: "COST",
      time_unit: "MONTHLY",
      limit_amount: "180",
      limit_unit: "USD",
    });
    expect(budget).not.toHaveProperty("cost_filter");
  });

  it("warns at each share spent, and once more when the forecast passes the limit", () => {
    const common = {
      comparison_operator: "GREATER_THAN",
      threshold_type: "PERCENTAGE",
      subscriber_sns_topic_arns: [topicArn],
    };

    expect(budget.notification).toEqual([
      { ...common, notification_type: "ACTUAL", threshold: 50 },
      { ...common, notification_type: "ACTUAL", threshold: 80 },
      { ...common, notification_type: "ACTUAL", threshold: 100 },
      { ...common, notification_type: "FORECASTED", threshold: 100 },
    ]);
  });
});

describe("the anomaly alert", () => {
  const json = synthesize((stack) => {
    new AnomalyAlert(stack, "anomaly", {
      name: "acme-test-spending",
      environment: "test",
      absoluteUsd: 20,
      percent: 40,
      topicArn,
    });
  });

  it("watches what carries the environment's tag", () => {
    const monitor = only(json, "aws_ce_anomaly_monitor");

    expect(monitor.monitor_type).toBe("CUSTOM");
    expect(JSON.parse(String(monitor.monitor_specification)).Tags).toEqual({
      Key: "user:Environment",
      MatchOptions: null,
      Values: ["test"],
    });
  });

  it("tells a topic at once, of anomalies over 20 USD and over 40 % only", () => {
    expect(only(json, "aws_ce_anomaly_subscription")).toMatchObject({
      frequency: "IMMEDIATE",
      subscriber: [{ type: "SNS", address: topicArn }],
      threshold_expression: {
        and: [
          {
            dimension: {
              key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
              match_options: ["GREATER_THAN_OR_EQUAL"],
              values: ["20"],
            },
          },
          {
            dimension: {
              key: "ANOMALY_TOTAL_IMPACT_PERCENTAGE",
              match_options: ["GREATER_THAN_OR_EQUAL"],
              values: ["40"],
            },
          },
        ],
      },
    });
  });
});
