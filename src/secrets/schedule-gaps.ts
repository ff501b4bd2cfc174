import { type DayMatcher, distances, matchingDays } from "../calendar/days";

/** When a rotation window may begin, in UTC. */
export interface WindowStarts {
  /** Ascending. */
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly matchesDay: DayMatcher;
}

/** Hours between window starts that follow each other. */
export interface Gaps {
  readonly minGapHours: number;
  readonly maxGapHours: number;
}

/** Eight years with two leap days. */
const years = [2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032];

/** The gaps between all starts from 2025 to 2032; undefined where there are fewer than two. */
export function windowGaps({ hours, ...days }: WindowStarts): Gaps | undefined {
  const starts = [...matchingDays({ years, ...days })].flatMap((day) => hours.map((hour) => day * 24 + hour));
  const gaps = distances(starts);
  return gaps.length === 0 ? undefined : { minGapHours: Math.min(...gaps), maxGapHours: Math.max(...gaps) };
}
