import { block, blocks, flag, number, text, texts, valuesByKey } from "../terraform/blocks";
import { type Block, type Estate, managedResources, type Resource } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";

/** A metric as an alarm reads it. */
export interface ReadMetric {
  /** Absent where the alarm compares the metric as it is. */
  readonly id?: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly periodSeconds: number;
  readonly stat: string;
  /** Literal values only: an id that AWS invents is left out. */
  readonly dimensions: ReadonlyMap<string, string>;
}

export interface Expression {
  readonly id: string;
  readonly text: string;
}

/** A metric alarm as it will be applied. */
export interface ReadAlarm {
  readonly resource: Resource;
  readonly threshold: number;
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly metrics: readonly ReadMetric[];
  readonly expressions: readonly Expression[];
  /** Ids of the queries whose result is compared; one, unless the alarm is wrong. */
  readonly returned: readonly string[];
  readonly missingData?: string;
  readonly lowSamples?: string;
  readonly actions: readonly string[];
}

/** The metric alarms of an estate. Throws where a number is known only after apply: such an alarm proves nothing. */
export function readAlarms(estate: Estate): ReadAlarm[] {
  return managedResources(estate, "aws_cloudwatch_metric_alarm").map((resource) => {
    const queries = blocks(resource, "metric_query");
    const evaluationPeriods = requiredNumber(resource, "evaluation_periods");
    const missingData = text(resource, "treat_missing_data");
    const lowSamples = text(resource, "evaluate_low_sample_count_percentiles");
    return {
      resource,
      threshold: requiredNumber(resource, "threshold"),
      datapointsToAlarm: number(resource, "datapoints_to_alarm") ?? evaluationPeriods,
      evaluationPeriods,
      metrics: queries.length === 0 ? [plainMetric(resource)] : queries.flatMap(queriedMetric),
      expressions: queries.flatMap((query) => {
        const expression = text(query, "expression");
        return expression === undefined ? [] : [{ id: requiredText(query, "id"), text: expression }];
      }),
      returned: queries.filter((query) => flag(query, "return_data")).map((query) => requiredText(query, "id")),
      ...(missingData === undefined ? {} : { missingData }),
      ...(lowSamples === undefined ? {} : { lowSamples }),
      actions: texts(resource, "alarm_actions"),
    };
  });
}

function plainMetric(alarm: Resource): ReadMetric {
  const stat = text(alarm, "extended_statistic") ?? requiredText(alarm, "statistic");
  return { ...metric(alarm), stat };
}

function queriedMetric(query: Block): ReadMetric[] {
  const found = block(query, "metric");
  return found ? [{ id: requiredText(query, "id"), ...metric(found), stat: requiredText(found, "stat") }] : [];
}

function metric(parent: Block): Omit<ReadMetric, "stat"> {
  const dimensions = [...valuesByKey(parent, "dimensions")].flatMap(([name, value]): [string, string][] =>
    value.kind === "literal" ? [[name, String(value.value)]] : [],
  );
  return {
    namespace: requiredText(parent, "namespace"),
    metricName: requiredText(parent, "metric_name"),
    periodSeconds: requiredNumber(parent, "period"),
    dimensions: new Map(dimensions),
  };
}

const requiredText = (parent: Block, name: string): string => present(text(parent, name), parent, name);
const requiredNumber = (parent: Block, name: string): number => present(number(parent, name), parent, name);

function present<T>(found: T | undefined, parent: Block, name: string): T {
  if (found === undefined) throw new UnreadableError(`${parent.address}.${name}`, "it is missing");
  return found;
}
