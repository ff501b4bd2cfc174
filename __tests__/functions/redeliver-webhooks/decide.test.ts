import fc from "fast-check";
import { decide } from "../../../functions/redeliver-webhooks/decide";
import type { DeliveryAttempt } from "../../../functions/shared/github-hook";

const now = new Date("2026-03-04T05:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const since = minutesAgo(24 * 60);

const attempt = (
  id: number,
  guid: string,
  minutes: number,
  status = "Invalid HTTP Response: 502",
): DeliveryAttempt => ({
  id,
  guid,
  deliveredAt: minutesAgo(minutes),
  event: "pull_request",
  status,
  statusCode: status === "OK" ? 202 : 502,
});

/** That many failed attempts at one delivery, the newest so many minutes ago. */
const attempts = (count: number, newest: number): DeliveryAttempt[] =>
  Array.from({ length: count }, (_, index) => attempt(100 + index, "a", newest + (count - 1 - index) * 60));

const nothing = { attemptIds: [], exhausted: 0 };

describe("a delivery that failed", () => {
  it.each([
    [1, 2, 2.1],
    [2, 4, 4.1],
    [3, 8, 8.1],
    [4, 16, 16.1],
    [5, 32, 32.1],
  ])("%i times is asked for again after more than %i minutes, by its newest attempt", (count, early, late) => {
    expect(decide(attempts(count, early), since, now)).toEqual(nothing);
    expect(decide(attempts(count, late), since, now)).toEqual({ attemptIds: [99 + count], exhausted: 0 });
  });

  it.each([6, 7])("%i times is given up, and counted", (count) => {
    expect(decide(attempts(count, 120), since, now)).toEqual({ attemptIds: [], exhausted: 1 });
  });

  it.each(["timed out", "failed to connect to host", "Invalid HTTP Response: 401", "Misconfigured", ""])(
    "failed whatever GitHub calls it: %j",
    (status) => {
      expect(decide([attempt(1, "a", 5, status)], since, now).attemptIds).toEqual([1]);
    },
  );

  it("is found in any order of attempts, and those of the same second by their id", () => {
    const pair = [attempt(8, "a", 30), attempt(9, "a", 30)];

    expect(decide(pair, since, now).attemptIds).toEqual([9]);
    expect(decide(pair.reverse(), since, now).attemptIds).toEqual([9]);
  });
});

describe("a delivery", () => {
  it("that came through in any attempt is not asked for again", () => {
    expect(decide([attempt(1, "a", 50), attempt(2, "a", 40, "OK"), attempt(3, "a", 30)], since, now)).toEqual(nothing);
    expect(decide([...attempts(6, 120), attempt(999, "a", 10, "OK")], since, now)).toEqual(nothing);
  });

  it("whose first attempt is from before the look-back does not begin anew", () => {
    const old = [attempt(1, "a", 24 * 60 + 1), attempt(2, "a", 23 * 60)];

    expect(decide(old, since, now)).toEqual(nothing);
    expect(decide(old.slice(1), since, now).attemptIds).toEqual([2]);
  });

  it("is judged apart from others; the one that waits longest comes first", () => {
    const mixed = [attempt(1, "late", 10), attempt(2, "early", 90), attempt(3, "taken", 50, "OK"), ...attempts(6, 99)];

    expect(decide(mixed, since, now)).toEqual({ attemptIds: [2, 1], exhausted: 1 });
  });
});

it("nothing that came through is asked for again, and nothing more than six times", () => {
  const guid = fc.constantFrom("a", "b", "c", "d");
  const status = fc.constantFrom("OK", "timed out", "Invalid HTTP Response: 503");
  const minutes = fc.integer({ min: 0, max: 30 * 60 });
  const any = fc.array(fc.tuple(guid, minutes, status), { maxLength: 30 });

  fc.assert(
    fc.property(any, (rows) => {
      const all = rows.map(([name, at, state], index) => attempt(index, name, at, state));
      const { attemptIds } = decide(all, since, now);
      const groups = attemptIds.map((id) => all.filter((each) => each.guid === all[id]?.guid));
      expect(new Set(groups.map(([one]) => one?.guid)).size).toBe(attemptIds.length);
      for (const group of groups) {
        expect(group.map((each) => each.status)).not.toContain("OK");
        expect(group.length + 1).toBeLessThanOrEqual(6);
      }
    }),
    { numRuns: 1000 },
  );
});

it("a receiver that never answers is tried six times in all, however often we look", () => {
  const begin = minutesAgo(0).getTime();
  const seen: DeliveryAttempt[] = [attempt(1, "a", 0)];
  for (let minute = 5; minute <= 30 * 60; minute += 5) {
    const at = new Date(begin + minute * 60_000);
    const visible = seen.filter(({ deliveredAt }) => deliveredAt.getTime() >= at.getTime() - 27 * 3_600_000);
    for (const _ of decide(visible, new Date(at.getTime() - 24 * 3_600_000), at).attemptIds) {
      seen.push({ ...attempt(seen.length + 1, "a", 0), deliveredAt: at });
    }
  }

  expect(seen.map(({ deliveredAt }) => (deliveredAt.getTime() - begin) / 60_000)).toEqual([0, 5, 10, 20, 40, 75]);
});
