/** The numbers that a field of a schedule may hold, and the names that stand for them in order. */
export interface FieldRange {
  readonly first: number;
  readonly last: number;
  /** In upper case. */
  readonly names?: readonly string[];
}

export const hours: FieldRange = { first: 0, last: 23 };
export const daysOfMonth: FieldRange = { first: 1, last: 31 };
export const months: FieldRange = {
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
/** Sunday is 1, unlike in Unix cron. */
export const daysOfWeek: FieldRange = { first: 1, last: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };

/** `out-of-range`: a number, name, range or increment that the field has not. `bad-wildcard`: anything else. */
export type FieldFault = "out-of-range" | "bad-wildcard";

/** What a field, or a piece of one, means. */
export type FieldReading<T> = { readonly kind: "read"; readonly value: T } | { readonly kind: FieldFault };

/** Every so many numbers of a span, its first one included. */
export interface Steps {
  readonly first: number;
  readonly last: number;
  readonly every: number;
}

/** Reads a list item by item; its values ascend. The first item that is wrong makes the list wrong. */
export function readList(
  field: string,
  readItem: (item: string) => FieldReading<Steps>,
): FieldReading<readonly number[]> {
  const values = new Set<number>();
  for (const item of field.split(",")) {
    const steps = readItem(item);
    if (steps.kind !== "read") return steps;
    const { first, last, every } = steps.value;
    for (let value = first; value <= last; value += every) values.add(value);
  }
  return { kind: "read", value: [...values].sort((one, other) => one - other) };
}

/** Reads `*`, a value, a range, or one of them with an increment.
 *
 * An increment counts from its start to the end of the range; an empty start is the first value (`/8`, as the AWS
 * guides print it). A range that runs backwards is documented nowhere and is refused.
 */
export function readSteps(item: string, range: FieldRange): FieldReading<Steps> {
  const [base = "", increment, more] = item.split("/");
  if (more !== undefined) return { kind: "bad-wildcard" };
  const span = readSpan(base, increment !== undefined, range);
  if (span.kind !== "read") return span;
  if (increment !== undefined && !/^\d+$/.test(increment)) return { kind: "bad-wildcard" };
  const every = Number(increment ?? 1);
  return every < 1 ? { kind: "out-of-range" } : { kind: "read", value: { ...span.value, every } };
}

function readSpan(base: string, stepped: boolean, range: FieldRange): FieldReading<Omit<Steps, "every">> {
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

/** Reads one number or upper-case name. */
export function readValue(text: string, { first, last, names = [] }: FieldRange): FieldReading<number> {
  const named = names.indexOf(text);
  if (named >= 0) return { kind: "read", value: named + first };
  if (names.includes(text.toUpperCase())) return { kind: "out-of-range" };
  if (!/^\d+$/.test(text)) return { kind: "bad-wildcard" };
  const value = Number(text);
  return value >= first && value <= last ? { kind: "read", value } : { kind: "out-of-range" };
}
