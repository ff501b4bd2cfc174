/** The numbers that a cron field may hold, and the names that stand for some of them. */
export interface FieldRange {
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

export const MINUTES: FieldRange = { first: 0, last: 59 };
export const HOURS: FieldRange = { first: 0, last: 23 };
export const DAYS_OF_MONTH: FieldRange = { first: 1, last: 31 };
export const MONTHS: FieldRange = {
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
/** Sunday is 1, unlike in Unix cron. */
export const DAYS_OF_WEEK: FieldRange = { first: 1, last: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };
export const YEARS: FieldRange = { first: 1970, last: 2199 };

/** The values of `*`, lists, ranges and steps, in ascending order; undefined where the field is not valid.
 *
 * A step counts from its start to the end of the range; an empty start is the first value (`/8`, as the AWS
 * guides print it). A range that runs backwards is documented nowhere and is refused.
 */
export function fieldValues(field: string, range: FieldRange): readonly number[] | undefined {
  const values = new Set<number>();
  for (const item of field.split(",")) {
    const [base = "", step, more] = item.split("/");
    const span = step === undefined ? spanOf(base, range) : steppedSpan(base, range);
    const every = step === undefined ? 1 : Number(/^\d+$/.exec(step)?.[0]);
    if (!span || !(every >= 1) || more !== undefined) return undefined;
    for (let value = span.first; value <= span.last; value += every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

interface Span {
  readonly first: number;
  readonly last: number;
}

function spanOf(text: string, range: FieldRange): Span | undefined {
  if (text === "*") return range;
  const [from = "", to = from, more] = text.split("-");
  const first = fieldValue(from, range);
  const last = fieldValue(to, range);
  if (first === undefined || last === undefined || more !== undefined || first > last) return undefined;
  return { first, last };
}

function steppedSpan(base: string, range: FieldRange): Span | undefined {
  if (base === "") return range;
  const span = spanOf(base, range);
  return span && !base.includes("-") ? { first: span.first, last: range.last } : span;
}

/** One number or name of a field; undefined where it is out of range. */
export function fieldValue(text: string, { first, last, names = [] }: FieldRange): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= first && value <= last ? value : undefined;
}
