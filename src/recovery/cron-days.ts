import { type Day, type DayMatcher, nthWeekday } from "../calendar/days";
import { daysOfMonth, daysOfWeek } from "../calendar/fields";
import { fieldValue, fieldValues } from "./cron-field";

/** Tells which days a day-of-month field means: values, `L` for the last, `15W` for the nearest weekday, `LW`. */
export function monthDays(field: string): DayMatcher | undefined {
  return anyOf(field, (item) => {
    if (item === "L") return (day) => day.dayOfMonth === day.daysInMonth;
    if (item === "LW") return (day) => day.dayOfMonth === nearestWeekday(day.daysInMonth, day);
    if (item.endsWith("W")) {
      const wanted = fieldValue(item.slice(0, -1), daysOfMonth);
      return wanted && ((day) => wanted <= day.daysInMonth && day.dayOfMonth === nearestWeekday(wanted, day));
    }
    const values = fieldValues(item, daysOfMonth);
    return values && ((day) => values.includes(day.dayOfMonth));
  });
}

/** Tells which days a day-of-week field means: values, `L` for Saturday, `6L` for the last Friday, `6#2` for the second.
 *
 * EventBridge refuses `#` in a list.
 */
export function weekDays(field: string): DayMatcher | undefined {
  if (field.includes("#") && field.includes(",")) return undefined;
  return anyOf(field, (item) => {
    if (item === "L") return (day) => day.dayOfWeek === daysOfWeek.last;
    const [name = "", count] = item.split("#");
    if (count !== undefined) {
      const [wanted, nth] = [fieldValue(name, daysOfWeek), fieldValue(count, { first: 1, last: 5 })];
      return wanted && nth && nthWeekday(wanted, nth);
    }
    const last = item.endsWith("L") ? fieldValue(item.slice(0, -1), daysOfWeek) : undefined;
    if (last) return (day) => day.dayOfWeek === last && day.dayOfMonth + 7 > day.daysInMonth;
    const values = fieldValues(item, daysOfWeek);
    return values && ((day) => values.includes(day.dayOfWeek));
  });
}

/** A day matches a list where it matches any item; one invalid item makes the list invalid. */
function anyOf(field: string, matcher: (item: string) => DayMatcher | 0 | undefined): DayMatcher | undefined {
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
