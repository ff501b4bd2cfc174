import { CloudwatchMetricAlarm } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import { type AlarmRow, alarmNoun, type MetricQuery, runbookFiles } from "./alarm-row";

export interface AlarmSetProps {
  readonly names: Names;
  readonly rows: readonly AlarmRow[];
  /** Where the alarms live: the region of their metrics. Their topic is the one of the same region. */
  readonly region: string;
  readonly runbookBaseUrl: string;
}

const operators = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
} as const;

/** Metric alarms from rows, each with its topic, tags and a description that ends in the address of its runbook.
 *
 * Costs 0.10 USD a month for each metric that an alarm reads.
 */
export class AlarmSet extends Construct {
  constructor(scope: Construct, id: string, props: AlarmSetProps) {
    super(scope, id);
    for (const row of props.rows) {
      new CloudwatchMetricAlarm(this, row.key, {
        region: props.region,
        alarmName: props.names.name("alarm", alarmNoun(row)),
        alarmDescription: description(row, props.runbookBaseUrl),
        comparisonOperator: operators[row.comparison],
        threshold: row.threshold,
        evaluationPeriods: row.evaluationPeriods,
        datapointsToAlarm: row.datapointsToAlarm,
        treatMissingData: row.missingData,
        ...(row.lowSamples ? { evaluateLowSampleCountPercentiles: row.lowSamples } : {}),
        ...measurement(row),
        alarmActions: [props.names.arn("sns-topic", row.topic, props.region)],
        tags: { Severity: row.severity, Scenarios: row.scenarios.join(" ") || "none", Runbook: row.runbook },
      });
    }
  }
}

function description(row: AlarmRow, baseUrl: string): string {
  return [
    row.meaning,
    `Scenarios: ${row.scenarios.join(" ") || "none"}`,
    `Value: ${row.unit}`,
    `Runbook: ${baseUrl}/runbooks/${runbookFiles[row.runbook]}`,
  ].join("\n");
}

function measurement({ key, queries, expression, periodSeconds }: AlarmRow) {
  const [only] = queries;
  if (only === undefined) throw new Error(`The alarm ${key} has no metric; give it at least one query.`);
  if (expression === undefined) {
    if (queries.length > 1)
      throw new Error(`The alarm ${key} has ${queries.length} queries; say in \`expression\` how to join them.`);
    const { namespace, metricName, dimensions } = only;
    return { namespace, metricName, dimensions, period: periodSeconds, ...statistic(only) };
  }
  return {
    metricQuery: [
      ...queries.map((query) => ({
        id: query.id,
        returnData: false,
        metric: {
          namespace: query.namespace,
          metricName: query.metricName,
          dimensions: query.dimensions,
          period: periodSeconds,
          stat: query.stat,
        },
      })),
      { id: "value", expression, label: key, returnData: true },
    ],
  };
}

const statistic = ({ stat }: MetricQuery) => (/^p\d/.test(stat) ? { extendedStatistic: stat } : { statistic: stat });
