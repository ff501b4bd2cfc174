/** A field of a rotation schedule that is not as Secrets Manager documents it. */
export type FieldFault = "out-of-range" | "bad-wildcard";

/** The days, or the months, that a field means. */
export type FieldReading<T> = { readonly kind: "read"; readonly value: T } | { readonly kind: FieldFault };

interface Range {
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
}

export const hours: Range = { first: 0, last: 23, names: [] };
const monthDays: Range = { first: 1, last: 31, names: [] };
const months: Range = {
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
/** Sunday is 1. */
const weekDays: Range = { first: 1, last: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };

/** A day of a calendar month; Sunday is 1. */
export interface Day {
  readonly dayOfMonth: number;
  readonly daysInMonth: number;
  readonly dayOfWeek: number;
}

type Matches = (day: Day) => boolean;

/** Months as numbers: values, names, `*`, lists, ranges and increments. */
export const readMonths = (field: string): FieldReading<readonly number[]> => readValues(field, months);

/** Days of the month: as months, and `L` for the last. */
export function readMonthDays(field: string): FieldReading<Matches> {
  const items = field.split(",");
  const values = items.includes("L") ? items.filter((item) => item !== "L") : items;
  const read = values.length === 0 ? { kind: "read" as const, value: [] } : readValues(values.join(), monthDays);
  if (read.kind !== "read") return read;
  const hasLast = items.includes("L");
  return {
    kind: "read",
    value: ({ dayOfMonth, daysInMonth }) => read.value.includes(dayOfMonth) || (hasLast && dayOfMonth === daysInMonth),
  };
}

/** Days of the week: as months, `L` for Saturday, `TUE#3` for the third Tuesday, which stands alone. */
export function readWeekDays(field: string): FieldReading<Matches> {
  const [name = "", count, more] = field.split("#");
  if (count === undefined) {
    const read = readValues(field === "L" ? "SAT" : field, weekDays);
    return read.kind === "read" ? { kind: "read", value: ({ dayOfWeek }) => read.value.includes(dayOfWeek) } : read;
  }
  const day = readValue(name, weekDays);
  if (more !== undefined || day.kind !== "read" || !/^\d+$/.test(count)) {
    return { kind: day.kind === "out-of-range" ? "out-of-range" : "bad-wildcard" };
  }
  if (Number(count) < 1 || Number(count) > 5) return { kind: "out-of-range" };
  const nth = Number(count);
  return {
    kind: "read",
    value: ({ dayOfWeek, dayOfMonth }) => dayOfWeek === day.value && Math.ceil(dayOfMonth / 7) === nth,
  };
}

/** The values of a list of numbers, names, `*`, ranges and increments, ascending. Increments begin anew in every range. */
export function readValues(field: string, range: Range): FieldReading<readonly number[]> {
  const values = new Set<number>();
  for (const item of field.split(",")) {
    const [base = "", step, more] = item.split("/");
    if (more !== undefined) return { kind: "bad-wildcard" };
    const span = readSpan(base, step !== undefined, range);
    if (span.kind !== "read") return span;
    if (step !== undefined && !/^\d+$/.test(step)) return { kind: "bad-wildcard" };
    const every = Number(step ?? 1);
    if (every < 1 || every > range.last) return { kind: "out-of-range" };
    for (let value = span.value.first; value <= span.value.last; value += every) values.add(value);
  }
  return { kind: "read", value: [...values].sort((one, other) => one - other) };
}

function readSpan(base: string, stepped: boolean, range: Range): FieldReading<{ first: number; last: number }> {
  if (base === "*" || (base === "" && stepped)) return { kind: "read", value: range };
  const [from = "", to, more] = base.split("-");
  if (more !== undefined) return { kind: "bad-wildcard" };
  const first = readValue(from, range);
  if (first.kind !== "read") return first;
  if (to === undefined)
    return { kind: "read", value: { first: first.value, last: stepped ? range.last : first.value } };
  const last = readValue(to, range);
  if (last.kind !== "read") return last;
  return first.value > last.value
    ? { kind: "out-of-range" }
    : { kind: "read", value: { first: first.value, last: last.value } };
}

function readValue(text: string, { first, last, names }: Range): FieldReading<number> {
  const named = names.indexOf(text);
  if (named >= 0) return { kind: "read", value: named + first };
  if (names.includes(text.toUpperCase())) return { kind: "out-of-range" };
  if (!/^\d+$/.test(text)) return { kind: "bad-wildcard" };
  const value = Number(text);
  return value >= first && value <= last ? { kind: "read", value } : { kind: "out-of-range" };
}
