import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableText } from "../src/cli/table-text";
import { bundleFunctions } from "../src/service/lambda-bundle";
import { measured } from "./measured-process";

/** Time, memory and growth of a synthesis; returns whether all are within reach. */
export async function benchSynthesis(): Promise<boolean> {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    await bundleFunctions();
    const folder = (name: string) => join(outdir, name);
    const ours = measured("bench/synthesize-examples.ts", [folder("ours")], 5);
    const index = measured("bench/index-import/app.ts", [folder("index")], 3, "bench/index-import/tsconfig.json");
    const once = measured("bench/growth.ts", [folder("once"), "1"], 5);
    const tenfold = measured("bench/growth.ts", [folder("tenfold"), "10"], 5);
    const rows: [what: string, ours: string, beside: string, ratio: number, reach: number][] = [
      [
        "time of four environments",
        `${ours.seconds.toFixed(2)} s`,
        `${index.seconds.toFixed(2)} s`,
        ours.seconds / index.seconds,
        1 / 6,
      ],
      [
        "peak memory of the same",
        `${ours.peakMb.toFixed(0)} MB`,
        `${index.peakMb.toFixed(0)} MB`,
        ours.peakMb / index.peakMb,
        1 / 5,
      ],
      [
        "ten times the platform",
        `${tenfold.innerMs.toFixed(0)} ms`,
        `${once.innerMs.toFixed(0)} ms`,
        tenfold.innerMs / once.innerMs,
        10,
      ],
    ];
    const line = (row: (typeof rows)[number]) => [
      row[0],
      row[1],
      row[2],
      row[3].toFixed(3),
      `at most ${row[4].toFixed(3)}`,
      row[3] <= row[4] ? "reached" : "MISSED",
    ];
    console.log(tableText([["what", "this project", "beside it", "ratio", "reach", ""], ...rows.map(line)]));
    console.log(
      "Beside it: a stack of seven resources that imports the provider by its index, under type-checking ts-node;",
    );
    console.log("for the last row, the platform once. Bundling is not measured.");
    return rows.every((row) => row[3] <= row[4]);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
