import { problemOf, rows } from "../../../src/secrets/model/rows";
import { isInReadme, parameters } from "./support";

/** Where the model finds nothing wrong with a way that is known to be wrong, its zeros say nothing. */
describe("a weaker way to rotate or to receive", () => {
  const expected = {
    current: 79,
    previous: 79,
    "previous-refresh": 79,
    pending: 79,
    "template-forged": 79,
    "template-writes": 1_014,
    "template-second": 2,
    "no-settle": 79,
    "live-only": 726,
    "no-former": 864,
    adopting: 1_176,
  };

  it.each(Object.entries(expected))(
    "is caught: %s in %p histories",
    async (rowId, runs) => {
      const row = rows.find(({ id }) => id === rowId);

      const sweep = await row?.live(parameters, { index: 0, of: 1 });

      expect(sweep?.runs).toBe(runs);
      expect(sweep?.rejectingRuns).toBeGreaterThan(0);
      expect(row && sweep && problemOf(row, sweep)).toBeUndefined();
      expect(row && sweep && isInReadme(row, sweep)).toBe(true);
    },
    60_000,
  );

  it("is tried in every row that must fail", () => {
    expect(rows.filter(({ role }) => role === "must fail").map(({ id }) => id)).toEqual(Object.keys(expected));
  });
});

describe("a row", () => {
  const clean = {
    ...{ runs: 1, rejectingRuns: 0, rejections: 0, checks: 10, unlabelledInstants: 0 },
    ...{ forgeriesAccepted: 0, failed: 0, unfinished: 0 },
  };

  it.each([
    ["must pass", {}, undefined],
    ["must pass", { runs: 0 }, "t: nothing was run."],
    ["must pass", { rejectingRuns: 1 }, "t: 1 of 1 runs refuse authentic deliveries."],
    ["must pass", { unlabelledInstants: 2 }, "t: the sender's key is in no labelled version at 2 instants."],
    ["must pass", { forgeriesAccepted: 3 }, "t: 3 forgeries are accepted."],
    ["must pass", { failed: 1 }, "t: no rotation goes through in 1 of 1 runs."],
    ["must pass", { unfinished: 1 }, "t: 1 of 1 runs end while the sender is being changed."],
    ["must fail", {}, "t: no delivery was refused, so the model cannot tell."],
    ["must fail", { rejectingRuns: 1 }, undefined],
    ["comparison", {}, undefined],
  ] as const)("that %s, with %p, has the problem %p", (role, change, problem) => {
    expect(problemOf({ title: "t", role }, { ...clean, ...change })).toBe(problem);
  });
});
