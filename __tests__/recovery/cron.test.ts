import fc from "fast-check";
import { type CronSchedule, cronGaps, parseCron } from "../../src/recovery/cron";

const MINUTES_PER_DAY = 1440;
const days = (count: number) => count * MINUTES_PER_DAY;

describe("the gaps of a schedule, in minutes", () => {
  it.each([
    ["daily", "cron(0 5 * * ? *)", days(1), days(1)],
    ["daily, by the other day field", "cron(0 5 ? * * *)", days(1), days(1)],
    ["twice a day", "cron(0 3,15 * * ? *)", days(0.5), days(0.5)],
    ["twice a day, unevenly", "cron(30 1,7 * * ? *)", 360, 1080],
    ["hourly", "cron(0 * * * ? *)", 60, 60],
    ["every 15 minutes", "cron(0/15 * * * ? *)", 15, 15],
    ["every 8 hours from an empty start", "cron(0 /8 * * ? *)", 480, 480],
    ["every 10 hours, anew each day", "cron(0 2/10 * * ? *)", 240, 600],
    ["a range with a step", "cron(0 8-18/5 * * ? *)", 300, 840],
    ["weekly", "cron(0 6 ? * SUN *)", days(7), days(7)],
    ["weekly, by number", "cron(0 6 ? * 1 *)", days(7), days(7)],
    ["weekly, on the last day of the week", "cron(0 6 ? * L *)", days(7), days(7)],
    ["on weekdays", "cron(0 6 ? * MON-FRI *)", days(1), days(3)],
    ["on two days of the week", "cron(0 6 ? * TUE,SAT *)", days(3), days(4)],
    ["monthly", "cron(0 5 1 * ? *)", days(28), days(31)],
    ["on the last of the month", "cron(0 17 L * ? *)", days(28), days(31)],
    ["on the 1st and 15th", "cron(0 16 1,15 * ? *)", days(14), days(17)],
    ["on the 31st, where there is one", "cron(0 5 31 * ? *)", days(31), days(61)],
    ["on the weekday nearest to the 15th", "cron(0 5 15W * ? *)", days(28), days(32)],
    ["on the weekday nearest to the 1st, never in the month before", "cron(0 5 1W * ? *)", days(28), days(33)],
    ["on the last weekday of the month", "cron(0 5 LW * ? *)", days(28), days(33)],
    ["on the second Friday", "cron(0 5 ? * 6#2 *)", days(28), days(35)],
    ["on the last Friday", "cron(0 5 ? * FRIL *)", days(28), days(35)],
    ["first Sunday of every third month", "cron(0 1 ? 1/3 SUN#1 *)", days(84), days(98)],
    ["quarterly, by name", "cron(0 10 1 FEB,may,AUG,NOV ? *)", days(89), days(92)],
    ["on leap days; 2100 is no leap year", "cron(0 0 29 2 ? *)", days(1461), days(2921)],
  ])("%s", (_name, expression, smallestMinutes, largestMinutes) => {
    expect(cronGaps(schedule(expression))).toEqual({ smallestMinutes, largestMinutes });
  });

  it.each([
    ["ends", "cron(0 5 * * ? 2027)", days(1)],
    ["leaves out years", "cron(0 5 * * ? 2026/2)", days(1)],
    ["never runs", "cron(0 5 30 2 ? *)", Number.POSITIVE_INFINITY],
  ])("a schedule that %s has no largest gap that anything could rely on", (_name, expression, smallestMinutes) => {
    expect(cronGaps(schedule(expression))).toEqual({ smallestMinutes, largestMinutes: Number.POSITIVE_INFINITY });
  });

  it("equals a walk over every minute of a fortnight, for any minutes, hours and days of the week", () => {
    const list = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 });

    fc.assert(
      fc.property(list(0, 59), list(0, 23), list(1, 7), (minutes, hours, weekDays) => {
        const runs: number[] = [];
        for (let minute = 0; minute < days(14); minute++) {
          const dayOfWeek = (Math.floor(minute / MINUTES_PER_DAY) % 7) + 1;
          const hour = Math.floor(minute / 60) % 24;
          if (weekDays.includes(dayOfWeek) && hours.includes(hour) && minutes.includes(minute % 60)) runs.push(minute);
        }
        const gaps = runs.slice(1).map((run, index) => run - (runs[index] ?? 0));

        expect(cronGaps(schedule(`cron(${minutes} ${hours} ? * ${weekDays} *)`))).toEqual({
          smallestMinutes: Math.min(...gaps),
          largestMinutes: Math.max(...gaps),
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe("what is not a schedule of AWS", () => {
  it.each([
    ["rate(1 day)", "kind"],
    ["0 5 * * ? *", "kind"],
    ["", "kind"],
    ["cron(0 5 * * ?)", "fields"],
    ["cron(0 5 * * ? * *)", "fields"],
    ["cron()", "fields"],
    ["cron(0 5 * * * *)", "day-fields"],
    ["cron(0 5 ? * ? *)", "day-fields"],
    ["cron(0 5 1 * SUN *)", "day-fields"],
    ["cron(60 5 * * ? *)", "fields"],
    ["cron(0 24 * * ? *)", "fields"],
    ["cron(0 5 0 * ? *)", "fields"],
    ["cron(0 5 32 * ? *)", "fields"],
    ["cron(0 5 * 13 ? *)", "fields"],
    ["cron(0 5 ? * 8 *)", "fields"],
    ["cron(0 5 ? * 0 *)", "fields"],
    ["cron(0 5 ? * FOO *)", "fields"],
    ["cron(0 5 ? * FRI-MON *)", "fields"],
    ["cron(0 5 ? * 6#6 *)", "fields"],
    ["cron(0 5 ? * 3#1,6#3 *)", "fields"],
    ["cron(0 5 W * ? *)", "fields"],
    ["cron(0 5 * * ? 1969)", "fields"],
    ["cron(0/0 5 * * ? *)", "fields"],
    ["cron(0/5/5 5 * * ? *)", "fields"],
    ["cron(1-2-3 5 * * ? *)", "fields"],
    ["cron(1,,2 5 * * ? *)", "fields"],
    ["cron(-5 5 * * ? *)", "fields"],
    ["cron(? 5 * * ? *)", "fields"],
  ])("%s is refused for its %s", (expression, problem) => {
    expect(parseCron(expression)).toEqual({ kind: "invalid", problem, reason: expect.stringContaining(expression) });
  });
});

function schedule(expression: string): CronSchedule {
  const reading = parseCron(expression);
  if (reading.kind === "invalid") throw new Error(reading.reason);
  return reading.schedule;
}
