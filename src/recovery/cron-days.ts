import { DAYS_OF_MONTH, DAYS_OF_WEEK, fieldValue, fieldValues } from "./cron-field";

/** One day of a calendar month. */
export interface Day {
  readonly dayOfMonth: number;
  /** Sunday is 1. */
  readonly dayOfWeek: number;
  readonly daysInMonth: number;
}

type Matches = (day: Day) => boolean;

/** Tells which days a day-of-month field means: values, `L` for the last, `15W` for the nearest weekday, `LW`. */
export function monthDays(field: string): Matches | undefined {
  return anyOf(field, (item) => {
    if (item === "L") return (day) => day.dayOfMonth === day.daysInMonth;
    if (item === "LW") return (day) => day.dayOfMonth === nearestWeekday(day.daysInMonth, day);
    if (item.endsWith("W")) {
      const wanted = fieldValue(item.slice(0, -1), DAYS_OF_MONTH);
      return wanted && ((day) => wanted <= day.daysInMonth && day.dayOfMonth === nearestWeekday(wanted, day));
    }
    const values = fieldValues(item, DAYS_OF_MONTH);
    return values && ((day) => values.includes(day.dayOfMonth));
  });
}

/** Tells which days a day-of-week field means: values, `L` for Saturday, `6L` for the last Friday, `6#2` for the second.
 *
 * EventBridge refuses `#` in a list.
 */
export function weekDays(field: string): Matches | undefined {
  if (field.includes("#") && field.includes(",")) return undefined;
  return anyOf(field, (item) => {
    if (item === "L") return (day) => day.dayOfWeek === DAYS_OF_WEEK.last;
    const [name = "", count] = item.split("#");
    if (count !== undefined) {
      const [wanted, nth] = [fieldValue(name, DAYS_OF_WEEK), fieldValue(count, { first: 1, last: 5 })];
      return wanted && nth && ((day) => day.dayOfWeek === wanted && Math.ceil(day.dayOfMonth / 7) === nth);
    }
    const last = item.endsWith("L") ? fieldValue(item.slice(0, -1), DAYS_OF_WEEK) : undefined;
    if (last) return (day) => day.dayOfWeek === last && day.dayOfMonth + 7 > day.daysInMonth;
    const values = fieldValues(item, DAYS_OF_WEEK);
    return values && ((day) => values.includes(day.dayOfWeek));
  });
}

/** A day matches a list where it matches any item; one invalid item makes the list invalid. */
function anyOf(field: string, matcher: (item: string) => Matches | 0 | undefined): Matches | undefined {
  const matchers = field.split(",").map(matcher);
  if (!matchers.every((matches) => typeof matches === "function")) return undefined;
  return (day) => matchers.some((matches) => matches(day));
}

/** The weekday nearest to a day of the month, without leaving the month: Saturday gives Friday, Sunday Monday. */
function nearestWeekday(wanted: number, { dayOfMonth, dayOfWeek, daysInMonth }: Day): number {
  const weekdayOfWanted = ((((dayOfWeek - 1 + wanted - dayOfMonth) % 7) + 7) % 7) + 1;
  if (weekdayOfWanted === 7) return wanted === 1 ? 3 : wanted - 1;
  if (weekdayOfWanted === 1) return wanted === daysInMonth ? wanted - 2 : wanted + 1;
  return wanted;
}
