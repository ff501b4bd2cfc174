import { daysOfWeek, hours, months, readList, readSteps, readValue } from "../../src/calendar/fields";

describe("an item is read", () => {
  it.each([
    ["*", { first: 1, last: 12, every: 1 }],
    ["FEB", { first: 2, last: 2, every: 1 }],
    ["FEB-4", { first: 2, last: 4, every: 1 }],
    ["5/3", { first: 5, last: 12, every: 3 }],
    ["/3", { first: 1, last: 12, every: 3 }],
    ["*/3", { first: 1, last: 12, every: 3 }],
    ["2-8/99", { first: 2, last: 8, every: 99 }],
  ])("%s", (item, { first, last, every }) => {
    expect(readSteps(item, months)).toMatchObject({ kind: "read", value: { first, last, every } });
  });
});

describe("an item is refused with its fault", () => {
  it.each([
    ["13", "out-of-range"],
    ["feb", "out-of-range"],
    ["4-2", "out-of-range"],
    ["1/0", "out-of-range"],
    ["1-2-3", "bad-wildcard"],
    ["1/2/3", "bad-wildcard"],
    ["1/x", "bad-wildcard"],
    ["", "bad-wildcard"],
    ["L", "bad-wildcard"],
  ])("%j: %s", (item, kind) => {
    expect(readSteps(item, months)).toEqual({ kind });
  });
});

it("a list ascends, names a value once, and is as wrong as its first wrong item", () => {
  const read = (list: string) => readList(list, (item) => readSteps(item, hours));

  expect(read("8,20/2,3-4,22")).toEqual({ kind: "read", value: [3, 4, 8, 20, 22] });
  expect(read("1,24,x")).toEqual({ kind: "out-of-range" });
  expect(read("1,x,24")).toEqual({ kind: "bad-wildcard" });
});

it("names count from the first value", () => {
  expect(readValue("SUN", daysOfWeek)).toEqual({ kind: "read", value: 1 });
  expect(readValue("DEC", months)).toEqual({ kind: "read", value: 12 });
});
