import type { Day } from "./schedule-fields";

/** When a rotation window may begin, in UTC. */
export interface WindowStarts {
  /** Ascending. */
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly matchesDay: (day: Day) => boolean;
}

/** Hours between window starts that follow each other. */
export interface Gaps {
  readonly minGapHours: number;
  readonly maxGapHours: number;
}

/** Eight years with two leap days. */
const [firstYear, lastYear] = [2025, 2032];
const millisecondsPerDay = 86_400_000;

/** The gaps between all starts from 2025 to 2032; undefined where there are fewer than two. */
export function windowGaps({ hours, months, matchesDay }: WindowStarts): Gaps | undefined {
  const gaps = new Set<number>();
  let previous: number | undefined;
  for (let year = firstYear; year <= lastYear; year += 1) {
    for (const month of months) {
      const first = Date.UTC(year, month - 1) / millisecondsPerDay;
      const daysInMonth = Date.UTC(year, month) / millisecondsPerDay - first;
      for (let dayOfMonth = 1; dayOfMonth <= daysInMonth; dayOfMonth += 1) {
        const day = first + dayOfMonth - 1;
        // Day 0 of the epoch was a Thursday.
        if (!matchesDay({ dayOfMonth, daysInMonth, dayOfWeek: ((day + 4) % 7) + 1 })) continue;
        for (const hour of hours) {
          const start = day * 24 + hour;
          if (previous !== undefined) gaps.add(start - previous);
          previous = start;
        }
      }
    }
  }
  return gaps.size === 0 ? undefined : { minGapHours: Math.min(...gaps), maxGapHours: Math.max(...gaps) };
}
