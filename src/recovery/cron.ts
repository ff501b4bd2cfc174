import { type Day, monthDays, weekDays } from "./cron-days";
import { fieldValues, HOURS, MINUTES, MONTHS, YEARS } from "./cron-field";

/** A parsed `cron(minutes hours day-of-month month day-of-week year)` of AWS. */
export interface CronSchedule {
  /** Minutes of the day at which it fires, ascending. */
  readonly times: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  readonly matchesDay: (day: Day) => boolean;
}

export type CronReading =
  | { readonly kind: "schedule"; readonly schedule: CronSchedule }
  | { readonly kind: "invalid"; readonly problem: CronProblem; readonly reason: string };

/** `kind`: no `cron(…)`. `fields`: not six valid fields. `day-fields`: not exactly one `?` among the two day fields. */
export type CronProblem = "kind" | "fields" | "day-fields";

/** Parses a cron expression of EventBridge, which AWS Backup and Secrets Manager share.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseCron(expression: string): CronReading {
  const inside = /^cron\((.*)\)$/.exec(expression.trim())?.[1];
  if (inside === undefined) return invalid("kind", `"${expression}" is not cron(…)`);
  const fields = inside.trim().split(/\s+/);
  const [minute = "", hour = "", monthDay = "", month = "", weekDay = "", year = ""] = fields;
  if (fields.length !== 6) return invalid("fields", `"${expression}" has ${fields.length} fields; six are needed`);
  if ((monthDay === "?") === (weekDay === "?")) {
    return invalid("day-fields", `"${expression}" needs exactly one ? among day-of-month and day-of-week`);
  }
  const minutes = fieldValues(minute, MINUTES);
  const hours = fieldValues(hour, HOURS);
  const months = fieldValues(month, MONTHS);
  const years = fieldValues(year, YEARS);
  const matchesDay = monthDay === "?" ? weekDays(weekDay) : monthDays(monthDay);
  if (!minutes || !hours || !months || !years || !matchesDay) {
    return invalid("fields", `"${expression}" has a field that cannot be read`);
  }
  const times = hours.flatMap((hourOfDay) => minutes.map((minuteOfHour) => hourOfDay * 60 + minuteOfHour));
  return { kind: "schedule", schedule: { times, months, years, matchesDay } };
}

function invalid(problem: CronProblem, reason: string): CronReading {
  return { kind: "invalid", problem, reason };
}

/** The smallest and the largest time between two runs that follow each other. */
export interface CronGaps {
  /** Infinite for a schedule that never runs twice. */
  readonly smallestMinutes: number;
  /** Infinite for a schedule that leaves out years: it begins late, ends, or both. */
  readonly largestMinutes: number;
}

/** Looks at every day from 1970 to 2199, the years that AWS allows, so leap years and weekdays need no special case.
 *
 * In clock time: in a zone with summer time, one gap a year is an hour longer and one an hour shorter.
 */
export function cronGaps(schedule: CronSchedule): CronGaps {
  const { times, years } = schedule;
  const withinDay = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const overnight = (times[0] ?? 0) - (times.at(-1) ?? 0);
  const everyYear = years.length === YEARS.last - YEARS.first + 1;
  const between = daysBetweenRuns(everyYear ? { ...schedule, years: telling } : schedule);
  const gaps =
    between === undefined ? [] : [...withinDay, ...between.map((days) => days * MINUTES_PER_DAY + overnight)];
  return {
    smallestMinutes: Math.min(...gaps),
    largestMinutes: everyYear && gaps.length > 0 ? Math.max(...gaps) : Number.POSITIVE_INFINITY,
  };
}

/** Weekdays and leap days repeat every 28 years, but for 2100: a cycle on either side of it shows every gap there is. */
const telling = Array.from({ length: 64 }, (_, index) => 2068 + index);

const MINUTES_PER_DAY = 1440;
const MILLISECONDS_PER_DAY = MINUTES_PER_DAY * 60_000;

/** The different numbers of days from one day with runs to the next; undefined where there is no such day at all. */
function daysBetweenRuns({ months, years, matchesDay }: CronSchedule): number[] | undefined {
  const found = new Set<number>();
  let previous: number | undefined;
  for (const year of years) {
    for (const month of months) {
      const first = Date.UTC(year, month - 1) / MILLISECONDS_PER_DAY;
      const daysInMonth = Date.UTC(year, month) / MILLISECONDS_PER_DAY - first;
      for (let dayOfMonth = 1; dayOfMonth <= daysInMonth; dayOfMonth++) {
        const day = first + dayOfMonth - 1;
        // Day 0 of the epoch was a Thursday.
        if (!matchesDay({ dayOfMonth, daysInMonth, dayOfWeek: ((day + 4) % 7) + 1 })) continue;
        if (previous !== undefined) found.add(day - previous);
        previous = day;
      }
    }
  }
  return previous === undefined ? undefined : [...found];
}
