import { problemOf, rows } from "../../../src/secrets/model/rows";
import { isInReadme, parameters } from "./support";

const whole = { index: 0, of: 1 };

describe("a rotation", () => {
  const expected = {
    faults: 79,
    "faults-forged": 79,
    "faults-writes": 1_014,
    twice: 2_000,
    bootstrap: 140,
    "read-lag": 97,
    second: 3,
  };

  it.each(Object.entries(expected))(
    "refuses no delivery: %s in %p histories",
    async (rowId, runs) => {
      const row = rows.find(({ id }) => id === rowId);

      const sweep = await row?.live(parameters, whole);

      expect(row?.role).toBe("must pass");
      expect(sweep).toMatchObject({
        runs,
        rejectingRuns: 0,
        rejections: 0,
        unlabelledInstants: 0,
        forgeriesAccepted: 0,
      });
      expect(sweep).toMatchObject({ failed: 0, unfinished: 0 });
      expect(sweep?.checks).toBeGreaterThan(runs * 1_000);
      expect(row && sweep && isInReadme(row, sweep)).toBe(true);
    },
    60_000,
  );

  it("is tried in every row that must pass", () => {
    expect(rows.filter(({ role }) => role === "must pass").map(({ id }) => id)).toEqual(Object.keys(expected));
  });

  it("that does not wait before it changes the sender is caught by the same rows", async () => {
    const row = rows.find(({ id }) => id === "faults-forged");

    const sweep = await row?.live({ ...parameters, settleSeconds: 0 }, whole);

    expect(row && sweep && problemOf(row, sweep)).toMatch(
      /^each fault, under forged deliveries: \d+ of 79 runs refuse/,
    );
  }, 60_000);
});
