import { type FieldFault, hours as hourRange } from "../calendar/fields";
import { readMonthDays, readMonths, readValues, readWeekDays } from "./schedule-fields";
import { type Gaps, windowGaps } from "./schedule-gaps";

/** Why Secrets Manager does not take a schedule, or its documentation does not say that it does. */
export type ScheduleFault =
  | "charset"
  | "syntax"
  | "rate-value"
  | "rate-unit"
  | "field-count"
  | "minute-not-zero"
  | "year-not-star"
  | "both-day-fields"
  | "no-day-field"
  | "hours-wildcard"
  | FieldFault
  | "never-fires"
  | "too-frequent"
  | "gap-over-a-year"
  | "duration-format"
  | "window-overlaps-next"
  | "window-crosses-utc-day";

/** Why this project does not take a schedule that Secrets Manager takes. */
export type SchedulePolicy = "use-cron" | "gap-over-90-days" | "too-close";

export interface ScheduleVerdict {
  /** True if Secrets Manager takes it. */
  readonly valid: boolean;
  /** True if a secret of this project may have it. */
  readonly allowed: boolean;
  /** The first thing that is wrong; null where it is allowed. */
  readonly reason: ScheduleFault | SchedulePolicy | null;
  /** Of a cron expression that is valid. */
  readonly gaps?: Gaps;
}

const least = { gapHours: 4, restHours: 24 };
const most = { gapDays: 366, policyDays: 90 };
/** A window that is not written is taken to last as long as it can. */
const windowByDefaultHours = 24;

/** Judges a rotation schedule and its window, such as `cron(0 3 1 * ? *)` and `2h`.
 *
 * Source: Secrets Manager User Guide, "Schedule expressions in Secrets Manager rotation"; API reference,
 * RotationRulesType. What these do not say is refused. A rotation must have a day's rest after the window before it.
 */
export function judgeSchedule(expression: string, duration?: string): ScheduleVerdict {
  const starts = readExpression(expression);
  if (typeof starts === "string") return refused(starts);
  const { isRate, minGapHours, maxGapHours } = starts;
  if (minGapHours < least.gapHours) return refused("too-frequent");
  if (maxGapHours > most.gapDays * 24) return refused("gap-over-a-year");
  const windowHours = readWindow(duration, starts);
  if (typeof windowHours === "string") return refused(windowHours);
  if (isRate) return { valid: true, allowed: false, reason: "use-cron" };
  const gaps = { minGapHours, maxGapHours };
  const policy = (reason: SchedulePolicy | null) => ({ valid: true, allowed: reason === null, reason, gaps });
  if (maxGapHours > most.policyDays * 24) return policy("gap-over-90-days");
  return policy(minGapHours - windowHours < least.restHours ? "too-close" : null);
}

const refused = (reason: ScheduleFault): ScheduleVerdict => ({ valid: false, allowed: false, reason });

interface Starts extends Gaps {
  readonly isRate: boolean;
  /** Of any day, in UTC. */
  readonly lastStartHour: number;
}

function readWindow(duration: string | undefined, { minGapHours, lastStartHour }: Starts): number | ScheduleFault {
  if (duration === undefined) return windowByDefaultHours;
  const hours = Number(/^([1-9]|1\d|2[0-4])h$/.exec(duration)?.[1]);
  if (Number.isNaN(hours)) return "duration-format";
  if (hours > minGapHours) return "window-overlaps-next";
  return lastStartHour + hours > 24 ? "window-crosses-utc-day" : hours;
}

function readExpression(expression: string): Starts | ScheduleFault {
  if (!/^[0-9A-Za-z()#?*\-/, ]{1,256}$/.test(expression)) return "charset";
  if (!/^(cron|rate)\([^() ]+( [^() ]+)*\)$/.test(expression)) return "syntax";
  const inside = expression.slice("cron(".length, -1);
  return expression.startsWith("rate") ? readRate(inside) : readCron(inside.split(" "));
}

function readRate(text: string): Starts | ScheduleFault {
  const value = Number(/^[1-9]\d*(?= |$)/.exec(text)?.[0]);
  if (Number.isNaN(value)) return "rate-value";
  const unit = /^\d+ (hours?|days?)$/.exec(text)?.[1];
  if (unit === undefined || (value !== 1 && !unit.endsWith("s"))) return "rate-unit";
  const hours = value * (unit.startsWith("day") ? 24 : 1);
  return { isRate: true, minGapHours: hours, maxGapHours: hours, lastStartHour: 24 - commonDivisor(hours, 24) };
}

/** Windows of a rate begin at midnight and then drift through the day by this step. */
const commonDivisor = (one: number, other: number): number => (other === 0 ? one : commonDivisor(other, one % other));

type CronFields = readonly [string, string, string, string, string, string];

function readCron(fields: readonly string[]): Starts | ScheduleFault {
  if (!hasSixFields(fields)) return "field-count";
  const [minute, hour, monthDay, month, weekDay, year] = fields;
  if (minute !== "0") return "minute-not-zero";
  if (year !== "*") return "year-not-star";
  if (monthDay !== "?" && weekDay !== "?") return "both-day-fields";
  if (monthDay === "?" && weekDay === "?") return "no-day-field";
  if (!/^(\d+|\d*\/\d+)$/.test(hour)) return "hours-wildcard";
  const hours = readValues(hour, hourRange);
  if (hours.kind !== "read") return hours.kind;
  // The first field from the left that is wrong is named; days of the week stand behind the months.
  const months = readMonths(month);
  if (monthDay === "?" && months.kind !== "read") return months.kind;
  const days = monthDay === "?" ? readWeekDays(weekDay) : readMonthDays(monthDay);
  if (days.kind !== "read") return days.kind;
  if (months.kind !== "read") return months.kind;
  const gaps = windowGaps({ hours: hours.value, months: months.value, matchesDay: days.value });
  return gaps ? { isRate: false, ...gaps, lastStartHour: Math.max(...hours.value) } : "never-fires";
}

const hasSixFields = (fields: readonly string[]): fields is CronFields => fields.length === 6;
