import { type Day, distances, matchingDays, nthWeekday } from "../../src/calendar/days";

const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);
const dates = (days: Iterable<number>) => [...days].map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

it("every day of a century comes once, in order, as the calendar has it", () => {
  const seen: Day[] = [];
  const years = Array.from({ length: 100 }, (_, index) => 2026 + index);
  const days = [...matchingDays({ years, months: everyMonth, matchesDay: (day) => seen.push(day) > 0 })];

  expect(days).toEqual(Array.from({ length: 36_524 }, (_, index) => 20_454 + index));
  expect(seen).toEqual(
    days.map((day) => {
      const date = new Date(day * 86_400_000);
      const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
      return { dayOfMonth: date.getUTCDate(), dayOfWeek: date.getUTCDay() + 1, daysInMonth: last.getUTCDate() };
    }),
  );
});

it("only the months and days asked for come", () => {
  const matchesDay = ({ dayOfMonth, daysInMonth }: Day) => dayOfMonth === daysInMonth;

  expect(dates(matchingDays({ years: [2027, 2028, 2100], months: [2, 4], matchesDay }))).toEqual([
    "2027-02-28",
    "2027-04-30",
    "2028-02-29",
    "2028-04-30",
    "2100-02-28",
    "2100-04-30",
  ]);
});

it("the fifth of a weekday is only in months that have five", () => {
  const days = (nth: number) =>
    dates(matchingDays({ years: [2026], months: everyMonth, matchesDay: nthWeekday(3, nth) }));

  expect(days(1).slice(0, 2)).toEqual(["2026-01-06", "2026-02-03"]);
  expect(days(5)).toEqual(["2026-03-31", "2026-06-30", "2026-09-29", "2026-12-29"]);
});

it("distances are the different ones between neighbours", () => {
  expect(distances([])).toEqual([]);
  expect(distances([7])).toEqual([]);
  expect(distances([1, 4, 7, 8])).toEqual([3, 1]);
});
