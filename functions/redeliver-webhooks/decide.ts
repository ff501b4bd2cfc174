import type { DeliveryAttempt } from "../shared/github-hook";

/** What to do about the deliveries that nobody has received. */
export interface Redeliveries {
  /** Attempts to repeat, the newest of each delivery; the delivery that has waited longest comes first. */
  readonly attemptIds: readonly number[];
  /** Deliveries (GUIDs) that are given up. */
  readonly exhausted: number;
}

/** The first attempt and five of ours. */
const maxAttempts = 6;
const longestWaitMinutes = 60;

/** Judges all attempts by the delivery they belong to.
 *
 * A delivery is repeated if no attempt has the status `OK` and the newest is older than 2, 4, 8, 16 or 32 minutes, by
 * how many there were. One whose first attempt is from before `since` is left alone: it has had its time, and counting
 * only what is in sight would begin anew.
 */
export function decide(attempts: readonly DeliveryAttempt[], since: Date, now: Date): Redeliveries {
  const failed = [...byGuid(attempts).values()].filter(
    (group) => first(group).deliveredAt >= since && !group.some(({ status }) => status === "OK"),
  );
  const due = failed.filter((group) => group.length < maxAttempts && isWaitOver(group, now));
  return {
    attemptIds: due.sort((one, other) => compare(first(one), first(other))).map((group) => newest(group).id),
    exhausted: failed.filter((group) => group.length >= maxAttempts).length,
  };
}

/** One delivery's attempts, oldest first. */
type Group = readonly [DeliveryAttempt, ...DeliveryAttempt[]];

function byGuid(attempts: readonly DeliveryAttempt[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const attempt of [...attempts].sort(compare)) {
    const before = groups.get(attempt.guid);
    groups.set(attempt.guid, before ? [...before, attempt] : [attempt]);
  }
  return groups;
}

function isWaitOver(group: Group, now: Date): boolean {
  const waitMinutes = Math.min(2 ** group.length, longestWaitMinutes);
  return now.getTime() - newest(group).deliveredAt.getTime() > waitMinutes * 60_000;
}

const first = ([attempt]: Group): DeliveryAttempt => attempt;

const newest = (group: Group): DeliveryAttempt => group.at(-1) ?? first(group);

/** By time, and by id within a second: ids ascend. */
const compare = (one: DeliveryAttempt, other: DeliveryAttempt): number =>
  one.deliveredAt.getTime() - other.deliveredAt.getTime() || one.id - other.id;
