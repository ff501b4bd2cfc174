import * as fc from "fast-check";
import { judgeSchedule } from "../../src/secrets/schedule";

const reason = (expression: string, duration?: string) => judgeSchedule(expression, duration).reason;

describe("a schedule is refused for the first thing that is wrong with it", () => {
  it.each([
    ["cron(0 3 1 * ? *);", "charset"],
    ["", "charset"],
    [`rate(${"1".repeat(256)} days)`, "charset"],
    ["CRON(0 3 1 * ? *)", "syntax"],
    ["cron(0  3 1 * ? *)", "syntax"],
    ["cron( 0 3 1 * ? *)", "syntax"],
    ["cron()", "syntax"],
    ["at(2026-01-01)", "syntax"],
    ["xcron(0 3 1 * ? *)", "syntax"],
    ["cron(0 3 1 * ? *)x", "syntax"],
    ["rate(0 days)", "rate-value"],
    ["rate(01 days)", "rate-value"],
    ["rate(30x days)", "rate-value"],
    ["rate(ten days)", "rate-value"],
    ["rate(10 weeks)", "rate-unit"],
    ["rate(10 day)", "rate-unit"],
    ["rate(10)", "rate-unit"],
    ["rate(1 1 day)", "rate-unit"],
    ["rate(10 xdays)", "rate-unit"],
    ["rate(10 daysx)", "rate-unit"],
    ["rate(10 da ys)", "rate-unit"],
    ["rate(1 days x)", "rate-unit"],
    ["rate(1 hour)", "too-frequent"],
    ["rate(400 days)", "gap-over-a-year"],
    ["cron(0 3 1 * ?)", "field-count"],
    ["cron(5 3 1 * ? *)", "minute-not-zero"],
    ["cron(0 3 1 * ? 2030)", "year-not-star"],
    ["cron(0 3 1 * 1 *)", "both-day-fields"],
    ["cron(0 3 ? * ? *)", "no-day-field"],
    ["cron(0 * 1 * ? *)", "hours-wildcard"],
    ["cron(0 1,13 1 * ? *)", "hours-wildcard"],
    ["cron(0 8-20 1 * ? *)", "hours-wildcard"],
    ["cron(0 24 1 * ? *)", "out-of-range"],
    ["cron(0 /0 1 * ? *)", "out-of-range"],
    ["cron(0 3 32 * ? *)", "out-of-range"],
    ["cron(0 3 0 * ? *)", "out-of-range"],
    ["cron(0 3 20-10 * ? *)", "out-of-range"],
    ["cron(0 3 1 13 ? *)", "out-of-range"],
    ["cron(0 3 1 jan ? *)", "out-of-range"],
    ["cron(0 3 ? * TUE#6 *)", "out-of-range"],
    ["cron(0 3 ? * 8 *)", "out-of-range"],
    ["cron(0 3 1 ? ? *)", "bad-wildcard"],
    ["cron(0 3 LW * ? *)", "bad-wildcard"],
    ["cron(0 3 1,,2 * ? *)", "bad-wildcard"],
    ["cron(0 3 1 L ? *)", "bad-wildcard"],
    ["cron(0 3 32 ? ? *)", "out-of-range"],
    ["cron(0 3 ? 13 SUNL *)", "out-of-range"],
    ["cron(0 3 ? * SUNL *)", "bad-wildcard"],
    ["cron(0 3 ? * TUE#1,FRI#1 *)", "bad-wildcard"],
    ["cron(0 3 1/2/3 * ? *)", "bad-wildcard"],
    ["cron(0 3 30 2 ? *)", "never-fires"],
    ["cron(0 /3 * * ? *)", "too-frequent"],
    ["cron(0 2/21 * * ? *)", "too-frequent"],
    ["cron(0 3 29 2 ? *)", "gap-over-a-year"],
  ])("%s: %s", (expression, wanted) => {
    expect(judgeSchedule(expression)).toEqual({ valid: false, allowed: false, reason: wanted });
  });
});

describe("a window", () => {
  it.each([
    ["cron(0 3 1 * ? *)", "0h", "duration-format"],
    ["cron(0 3 1 * ? *)", "25h", "duration-format"],
    ["cron(0 3 1 * ? *)", "02h", "duration-format"],
    ["cron(0 3 1 * ? *)", "2hours", "duration-format"],
    ["cron(0 0/12 * * ? *)", "12h", "too-close"],
    ["rate(30 days)", "24h", "use-cron"],
    ["cron(0 0/12 * * ? *)", "13h", "window-overlaps-next"],
    ["cron(0 21 1 * ? *)", "4h", "window-crosses-utc-day"],
    ["cron(0 2/10 1 * ? *)", "3h", "window-crosses-utc-day"],
    ["rate(5 hours)", "2h", "window-crosses-utc-day"],
    ["cron(0 21 1 * ? *)", "3h", null],
    ["cron(0 0 1 * ? *)", "24h", null],
  ])("of %s lasting %s: %s", (expression, duration, wanted) => {
    expect(reason(expression, duration)).toBe(wanted);
  });
});

describe("what Secrets Manager takes and this project does not", () => {
  it.each([
    ["rate(30 days)", undefined, "use-cron"],
    ["rate(1 day)", undefined, "use-cron"],
    ["cron(0 /4 * * ? *)", "1h", "too-close"],
    // 31 January to 30 April of a leap year: 90 days exactly.
    ["cron(0 3 L 1,4,6,8,10,12 ? *)", "2h", null],
    ["cron(0 3 1 1/3 ? *)", "2h", "gap-over-90-days"],
    ["cron(0 3 1 1/2 ? *)", "2h", null],
    ["cron(0 3 * * ? *)", "1h", "too-close"],
    ["cron(0 3 ? * 2,4 *)", undefined, null],
    ["cron(0 3 1,2 * ? *)", "1h", "too-close"],
  ])("%s: %s", (expression, duration, wanted) => {
    expect(judgeSchedule(expression, duration)).toMatchObject({
      valid: true,
      allowed: wanted === null,
      reason: wanted,
    });
  });
});

it.each([
  ["cron(0 3 L 2 ? *)", 365 * 24, 366 * 24],
  ["cron(0 3 ? * L *)", 168, 168],
  ["cron(0 3 ? * MON-FRI *)", 24, 72],
  ["cron(0 3 15,L * ? *)", 13 * 24, 16 * 24],
  ["cron(0 6/12 * * ? *)", 12, 12],
])("the starts of %s are %i to %i hours apart", (expression, minGapHours, maxGapHours) => {
  expect(judgeSchedule(expression).gaps).toEqual({ minGapHours, maxGapHours });
});

it("every text gets a verdict", () => {
  const part = fc.constantFrom(
    "0",
    "3",
    "*",
    "?",
    "L",
    "1/2",
    "/",
    ",",
    "-",
    "#",
    "MON",
    "JAN",
    "rate(",
    "cron(",
    ")",
    " ",
  );

  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join("")),
      ),
      (text) => {
        const { valid, allowed } = judgeSchedule(text);
        expect(allowed && !valid).toBe(false);
      },
    ),
  );
});
