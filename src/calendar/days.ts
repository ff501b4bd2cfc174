/** One day of a calendar month. */
export interface Day {
  readonly dayOfMonth: number;
  /** Sunday is 1. */
  readonly dayOfWeek: number;
  readonly daysInMonth: number;
}

export type DayMatcher = (day: Day) => boolean;

/** The days of some months of some years; months count from 1, both ascend. */
export interface DayPattern {
  readonly years: readonly number[];
  readonly months: readonly number[];
  readonly matchesDay: DayMatcher;
}

const millisecondsPerDay = 86_400_000;

/** Every day that fits, in order, as days since the beginning of 1970. */
export function* matchingDays({ years, months, matchesDay }: DayPattern): Generator<number, void> {
  for (const year of years) {
    for (const month of months) {
      const first = Date.UTC(year, month - 1) / millisecondsPerDay;
      const daysInMonth = Date.UTC(year, month) / millisecondsPerDay - first;
      for (let dayOfMonth = 1; dayOfMonth <= daysInMonth; dayOfMonth += 1) {
        const day = first + dayOfMonth - 1;
        // Day 0 of the epoch was a Thursday.
        if (matchesDay({ dayOfMonth, daysInMonth, dayOfWeek: ((day + 4) % 7) + 1 })) yield day;
      }
    }
  }
}

/** The first, second ... of one weekday in a month. */
export const nthWeekday =
  (wanted: number, nth: number): DayMatcher =>
  ({ dayOfWeek, dayOfMonth }) =>
    dayOfWeek === wanted && Math.ceil(dayOfMonth / 7) === nth;

/** The different distances from one of these numbers to the next; none for fewer than two. */
export function distances(ascending: Iterable<number>): readonly number[] {
  const found = new Set<number>();
  let previous: number | undefined;
  for (const each of ascending) {
    if (previous !== undefined) found.add(each - previous);
    previous = each;
  }
  return [...found];
}
