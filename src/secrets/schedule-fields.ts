import { type DayMatcher, nthWeekday } from "../calendar/days";
import {
  daysOfMonth,
  daysOfWeek,
  type FieldRange,
  type FieldReading,
  months,
  readList,
  readSteps,
  readValue,
} from "../calendar/fields";

/** Months as numbers: values, names, `*`, lists, ranges and increments. */
export const readMonths = (field: string): FieldReading<readonly number[]> => readValues(field, months);

/** Days of the month: as months, and `L` for the last. */
export function readMonthDays(field: string): FieldReading<DayMatcher> {
  const items = field.split(",");
  const hasLast = items.includes("L");
  const values = items.filter((item) => item !== "L");
  const read = values.length === 0 ? { kind: "read" as const, value: [] } : readValues(values.join(), daysOfMonth);
  if (read.kind !== "read") return read;
  return {
    kind: "read",
    value: ({ dayOfMonth, daysInMonth }) => read.value.includes(dayOfMonth) || (hasLast && dayOfMonth === daysInMonth),
  };
}

/** Days of the week: as months, `L` for Saturday, `TUE#3` for the third Tuesday, which stands alone. */
export function readWeekDays(field: string): FieldReading<DayMatcher> {
  const [name = "", count, more] = field.split("#");
  if (count === undefined) {
    const read = readValues(field === "L" ? "SAT" : field, daysOfWeek);
    return read.kind === "read" ? { kind: "read", value: ({ dayOfWeek }) => read.value.includes(dayOfWeek) } : read;
  }
  const day = readValue(name, daysOfWeek);
  if (more !== undefined || day.kind !== "read" || !/^\d+$/.test(count)) {
    return { kind: day.kind === "out-of-range" ? "out-of-range" : "bad-wildcard" };
  }
  const nth = readValue(count, { first: 1, last: 5 });
  return nth.kind === "read" ? { kind: "read", value: nthWeekday(day.value, nth.value) } : nth;
}

/** The values of a list, ascending. An increment above the field is refused; AWS documents none. */
export const readValues = (field: string, range: FieldRange): FieldReading<readonly number[]> =>
  readList(field, (item) => {
    const steps = readSteps(item, range);
    return steps.kind === "read" && steps.value.every > range.last ? { kind: "out-of-range" } : steps;
  });
