import { CeAnomalyMonitor, CeAnomalySubscription } from "../aws";
import { Construct } from "../cdktf";

export interface AnomalyAlertProps {
  readonly name: string;
  /** Value of the tag `Environment` on everything this project owns. */
  readonly environment: string;
  /** An anomaly must reach both, or a new log group is news every week. */
  readonly absoluteUsd: number;
  readonly percent: number;
  readonly topicArn: string;
}

/** Tells at once when spending on this environment leaves its usual course, long before a budget is spent.
 *
 * A monitor of our own by tag, since the account's one monitor by service may exist already. It sees nothing until the
 * tag is activated for cost allocation, which only the account that pays can do. Free.
 */
export class AnomalyAlert extends Construct {
  constructor(scope: Construct, id: string, props: AnomalyAlertProps) {
    super(scope, id);
    const monitor = new CeAnomalyMonitor(this, "monitor", {
      name: props.name,
      monitorType: "CUSTOM",
      monitorSpecification: JSON.stringify(specification(props.environment)),
    });
    const atLeast = (key: string, value: number) => ({
      dimension: { key, matchOptions: ["GREATER_THAN_OR_EQUAL"], values: [String(value)] },
    });
    new CeAnomalySubscription(this, "subscription", {
      name: props.name,
      monitorArnList: [monitor.arn],
      // Only topics are told at once; mail addresses get a daily digest.
      frequency: "IMMEDIATE",
      subscriber: [{ type: "SNS", address: props.topicArn }],
      // One condition a block: two in one are read as one (provider issues 30530, 32780).
      thresholdExpression: {
        and: [
          atLeast("ANOMALY_TOTAL_IMPACT_ABSOLUTE", props.absoluteUsd),
          atLeast("ANOMALY_TOTAL_IMPACT_PERCENTAGE", props.percent),
        ],
      },
    });
  }
}

/** Written as AWS returns it, empty members included: the provider replaces the monitor when the texts differ. */
function specification(environment: string) {
  return {
    And: null,
    CostCategories: null,
    Dimensions: null,
    Not: null,
    Or: null,
    Tags: { Key: "user:Environment", MatchOptions: null, Values: [environment] },
  };
}
