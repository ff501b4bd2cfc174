import { BudgetsBudget } from "../aws";
import { Construct } from "../cdktf";

export interface BudgetProps {
  readonly name: string;
  readonly monthlyUsd: number;
  /** Percentages of the limit that were spent. */
  readonly actualPercents: readonly number[];
  /** Percentage of the limit that the month is expected to end at. */
  readonly forecastPercent: number;
  readonly topicArn: string;
}

/** Warns while a month's bill grows towards its limit, and when it is forecast to pass it.
 *
 * Counts the whole account: a filter by tag reads 0 USD until the tag is activated for cost allocation, and a budget
 * that reads 0 never warns. Figures are refreshed up to three times a day, so it is a brake, not a fuse. Free.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const notification = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
      comparisonOperator: "GREATER_THAN",
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      subscriberSnsTopicArns: [props.topicArn],
    });
    new BudgetsBudget(this, "Default", {
      name: props.name,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(props.monthlyUsd),
      limitUnit: "USD",
      notification: [
        ...props.actualPercents.map((percent) => notification("ACTUAL", percent)),
        notification("FORECASTED", props.forecastPercent),
      ],
    });
  }
}
