import { sweepTable } from "../../../src/cli/simulate/secrets";
import { liveRows } from "../../../src/secrets/model/pool";
import { rows } from "../../../src/secrets/model/rows";
import type { Job } from "../../../src/secrets/model/worker";
import { parameters } from "./support";

const few = rows.filter(({ id }) => id === "second" || id === "template-second");

describe("rows that are lived through on all processors", () => {
  it("come to what one processor comes to, in shares", async () => {
    const heard: string[] = [];

    const shared = await liveRows(few, parameters, ({ id }) => heard.push(id));

    for (const row of few) expect(shared.get(row.id)).toEqual(await row.live(parameters, { index: 0, of: 1 }));
    expect(heard.sort()).toEqual(["second", "template-second"]);
  }, 60_000);

  it("end with an error where a worker does", async () => {
    const unknown = few.map((row) => ({ ...row, id: `${row.id}-unknown` }));

    await expect(liveRows(unknown, parameters, () => undefined)).rejects.toThrow("There is no row second-unknown.");
  }, 60_000);

  it("are a table that names what is broken", () => {
    const job: Job = { rowId: "second", parameters, slice: { index: 0, of: 1 } };
    const clean = {
      ...{ runs: 3, rejectingRuns: 0, rejections: 0, checks: 109_556, unlabelledInstants: 0 },
      ...{ forgeriesAccepted: 0, failed: 0, unfinished: 0 },
    };
    const lived = few.map((row) => ({ row, sweep: row.id === job.rowId ? { ...clean, rejectingRuns: 1 } : clean }));

    expect(sweepTable(lived).split("\n")).toEqual([
      "what is tried                        refusing runs  refusals  checks   role",
      "second rotation after 0, 1, 5 s      1/3            0         109,556  must pass  BROKEN",
      "AWS's template, second after 0, 1 s  0/3            0         109,556  must fail  BROKEN",
    ]);
  });
});
