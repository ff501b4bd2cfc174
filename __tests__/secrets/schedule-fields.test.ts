import { months } from "../../src/calendar/fields";
import { readMonthDays, readValues, readWeekDays } from "../../src/secrets/schedule-fields";

it.each([
  ["1/12", { kind: "read", value: [1] }],
  ["1/13", { kind: "out-of-range" }],
  ["1,2/13,x", { kind: "out-of-range" }],
])("an increment above the field is refused: %s", (field, reading) => {
  expect(readValues(field, months)).toEqual(reading);
});

it.each([
  ["TUE#5", "read"],
  ["TUE#0", "out-of-range"],
  ["TUE#6", "out-of-range"],
  ["tue#2", "out-of-range"],
  ["TUE#x", "bad-wildcard"],
  ["TUE#1#2", "bad-wildcard"],
])("a weekday's number is 1 to 5: %s", (field, kind) => {
  expect(readWeekDays(field).kind).toBe(kind);
});

it.each([
  ["L", "read"],
  ["L,15", "read"],
  ["L,32", "out-of-range"],
  ["LW", "bad-wildcard"],
])("the last of the month may stand in a list: %s", (field, kind) => {
  expect(readMonthDays(field).kind).toBe(kind);
});
