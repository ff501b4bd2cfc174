import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tableText } from "../src/cli/table-text";
import { bundleFunctions } from "../src/service/lambda-bundle";
import { growth } from "./growth";

const root = resolve(__dirname, "..");

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
}

/** Runs a TypeScript file in a process of its own; the median of `runs` times, the peak of memory over them. */
function measured(file: string, project: string, outdir: string, runs: number): Measured {
  const all = Array.from({ length: runs }, () => {
    const begun = process.hrtime.bigint();
    const { status, stderr } = spawnSync(
      "node",
      ["-r", join(__dirname, "measure.cjs"), "-r", "ts-node/register", file, outdir],
      {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, TS_NODE_PROJECT: project },
      },
    );
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    const [, peakKb] = /maxRssKb=(\d+)/.exec(stderr) ?? [];
    if (status !== 0 || peakKb === undefined) throw new Error(`${file} failed:\n${stderr}`);
    return { seconds, peakMb: Number(peakKb) / 1024 };
  });
  const seconds = all.map((run) => run.seconds).sort((one, other) => one - other);
  return { seconds: seconds[Math.floor(runs / 2)] ?? 0, peakMb: Math.max(...all.map((run) => run.peakMb)) };
}

async function bench(): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    await bundleFunctions();
    const ours = measured("bench/synthesize-examples.ts", "tsconfig.json", join(outdir, "ours"), 3);
    const index = measured("bench/index-import/app.ts", "bench/index-import/tsconfig.json", join(outdir, "index"), 1);
    const grown = growth(join(outdir, "growth"));
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
        `${grown.tenfoldMs.toFixed(0)} ms`,
        `${grown.onceMs.toFixed(0)} ms`,
        grown.tenfoldMs / grown.onceMs,
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
    process.exitCode = rows.every((row) => row[3] <= row[4]) ? 0 : 1;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

void bench();
