import type { ReadAlarm } from "./read-alarms";

/** What lies outside an alarm and decides whether it can work. */
export interface AlarmSurroundings {
  /** By function name. */
  readonly timeoutSeconds: ReadonlyMap<string, number>;
  /** ARNs of topics with at least one subscriber. */
  readonly heardTopics: ReadonlySet<string>;
}

export interface AlarmLint {
  readonly id: string;
  /** Why CloudWatch refuses the alarm, or never fires or clears it; undefined where it is sound. */
  readonly problem: (alarm: ReadAlarm, surroundings: AlarmSurroundings) => string | undefined;
}

const periodOf = ({ metrics }: ReadAlarm): number => Math.max(...metrics.map(({ periodSeconds }) => periodSeconds));
const when = (broken: boolean, sentence: string) => (broken ? sentence : undefined);

/** Numbered as in the documentation of alarms; each has an alarm that breaks it in the tests. */
export const alarmLints: readonly AlarmLint[] = [
  {
    id: "L1",
    problem: ({ metrics }) => {
      const wrong = metrics.find(({ periodSeconds: p }) => ![10, 20, 30].includes(p) && (p < 60 || p % 60 !== 0));
      return wrong && `has a period of ${wrong.periodSeconds} s; allowed are 10, 20, 30 and multiples of 60.`;
    },
  },
  {
    id: "L2",
    problem: (alarm) => {
      const seconds = alarm.evaluationPeriods * periodOf(alarm);
      const most = periodOf(alarm) < 3600 ? 86_400 : 604_800;
      if (alarm.datapointsToAlarm > alarm.evaluationPeriods) {
        return `wants ${alarm.datapointsToAlarm} breaching datapoints out of ${alarm.evaluationPeriods}; it can never fire.`;
      }
      return when(seconds > most, `looks back ${seconds} s; with its period CloudWatch takes at most ${most} s.`);
    },
  },
  {
    id: "L3",
    problem: ({ metrics, expressions, returned }) => {
      const ids = [...metrics, ...expressions].flatMap(({ id }) => (id === undefined ? [] : [id]));
      const names = expressions.flatMap(({ text }) => identifiers(text));
      if (metrics.length > 10) return `reads ${metrics.length} metrics; at most 10 are allowed.`;
      if (new Set(metrics.map(({ periodSeconds }) => periodSeconds)).size > 1) return "mixes periods; use one.";
      if (ids.length > 0 && returned.length !== 1) return `returns ${returned.length} results; exactly one is allowed.`;
      if (new Set(ids).size < ids.length) return "uses an id twice.";
      const misnamed = ids.find((id) => !/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id));
      if (misnamed !== undefined) return `has the id ${misnamed}; ids begin with a lower-case letter.`;
      const unknown = names.find((name) => !ids.includes(name));
      return unknown && `computes with ${unknown}, which is no query of it.`;
    },
  },
  {
    id: "L7",
    problem: ({ actions, resource, metrics }, { heardTopics }) => {
      const away = actions.find((arn) => arn.split(":")[3] !== resource.region);
      if (away) return `tells ${away}, but lives in ${resource.region}; an alarm reaches topics of its own region.`;
      const deaf = actions.find((arn) => !heardTopics.has(arn));
      if (deaf) return `tells ${deaf}, which does not exist or has no subscriber.`;
      const edge = metrics.some(({ namespace }) => namespace === "AWS/CloudFront" || namespace === "AWS/Billing");
      return when(edge && resource.region !== "us-east-1", "reads a metric that exists in us-east-1 only.");
    },
  },
  {
    id: "L9",
    problem: ({ missingData, lowSamples, metrics, resource }) => {
      if (missingData === undefined || missingData === "missing") return "does not say what silence means.";
      if (resource.attributes.unit !== undefined)
        return "filters by unit; a metric of another unit would never fire it.";
      const percentile = metrics.length === 1 && metrics[0]?.id === undefined && /^p\d/.test(metrics[0]?.stat ?? "");
      return when(percentile && lowSamples === undefined, "does not say what few samples mean.");
    },
  },
  {
    id: "L12",
    problem: (alarm) => {
      const { metrics, expressions, datapointsToAlarm, evaluationPeriods, threshold } = alarm;
      const counts = metrics.every(({ stat }) => stat === "Sum" || stat === "SampleCount");
      const ratio = expressions.some(({ text }) => text.includes("/"));
      const period = periodOf(alarm);
      if (!counts || ratio || period < 300 || period >= 3600 || threshold <= 1) return undefined;
      return when(
        datapointsToAlarm >= evaluationPeriods,
        `needs all ${evaluationPeriods} datapoints of a count, and the newest is only partly there; leave one to spare.`,
      );
    },
  },
  {
    id: "L13",
    problem: ({ metrics, expressions }) => {
      const bare = metrics
        .filter(({ namespace }) => namespace === "AWS/DynamoDB")
        .find(({ id }) => id === undefined || !expressions.some(({ text }) => isFilled(id, text)));
      return (
        bare && `reads ${bare.metricName} without FILL; DynamoDB is silent while all is well, so it may never clear.`
      );
    },
  },
  {
    id: "L14",
    problem: (alarm, { timeoutSeconds }) => {
      const late = alarm.metrics.filter(
        ({ namespace, metricName }) => namespace === "AWS/Lambda" && ["Errors", "Duration"].includes(metricName),
      );
      for (const { dimensions } of late) {
        const name = dimensions.get("FunctionName") ?? "a function";
        const timeout = timeoutSeconds.get(name);
        if (timeout === undefined) return `watches ${name}, whose timeout is not known.`;
        const hidden = Math.floor(((Math.ceil(timeout / 60) + 2) * 60) / periodOf(alarm));
        if (alarm.evaluationPeriods - hidden < alarm.datapointsToAlarm) {
          return `forgets errors of ${name} before they arrive: they carry the start of a call of up to ${timeout} s.`;
        }
      }
      return undefined;
    },
  },
  {
    id: "L16",
    problem: (alarm) =>
      when(
        alarm.datapointsToAlarm === 1 && alarm.evaluationPeriods * periodOf(alarm) - 180 < 60,
        "may miss a single event that is reported late; look back at least 240 s.",
      ),
  },
];

/** Names of queries in an expression: what is neither a function nor text. */
function identifiers(expression: string): string[] {
  return expression.replaceAll(/"[^"]*"/g, "").match(/\b[a-z][a-zA-Z0-9_]*/g) ?? [];
}

/** True if `FILL(id` or `FILL(METRICS("part")` with a part of the id stands in the expression. */
function isFilled(id: string, expression: string): boolean {
  if (new RegExp(`FILL\\(\\s*${id}\\s*,`).test(expression)) return true;
  return [...expression.matchAll(/FILL\(\s*METRICS\("([^"]*)"\)/g)].some(([, part]) => id.includes(part ?? ""));
}
