import { type DayPattern, distances, matchingDays } from "../calendar/days";
import { type FieldRange, hours as hourRange, months as monthRange } from "../calendar/fields";
import { monthDays, weekDays } from "./cron-days";
import { fieldValues } from "./cron-field";

const minuteRange: FieldRange = { first: 0, last: 59 };
const yearRange: FieldRange = { first: 1970, last: 2199 };

/** A parsed `cron(minutes hours day-of-month month day-of-week year)` of AWS. */
export interface CronSchedule extends DayPattern {
  /** Minutes of the day at which it fires, ascending. */
  readonly times: readonly number[];
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
  const minutes = fieldValues(minute, minuteRange);
  const hours = fieldValues(hour, hourRange);
  const months = fieldValues(month, monthRange);
  const years = fieldValues(year, yearRange);
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
  const everyYear = years.length === yearRange.last - yearRange.first + 1;
  const days = [...matchingDays(everyYear ? { ...schedule, years: telling } : schedule)];
  const gaps =
    days.length === 0 ? [] : [...withinDay, ...distances(days).map((between) => between * minutesPerDay + overnight)];
  return {
    smallestMinutes: Math.min(...gaps),
    largestMinutes: everyYear && gaps.length > 0 ? Math.max(...gaps) : Number.POSITIVE_INFINITY,
  };
}

/** Weekdays and leap days repeat every 28 years, but for 2100: a cycle on either side of it shows every gap there is. */
const telling = Array.from({ length: 64 }, (_, index) => 2068 + index);

const minutesPerDay = 1440;
