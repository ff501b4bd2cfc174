import type { RateLimit } from "./throttling";

/** The most requests that a bucket lets start within any span of so many seconds.
 *
 * A full bucket gives its burst at once, and what it gains meanwhile; AWS calls both targets, not guarantees.
 */
export function mostStarted({ burst, ratePerSecond }: RateLimit, seconds: number): number {
  return burst + ratePerSecond * seconds;
}
