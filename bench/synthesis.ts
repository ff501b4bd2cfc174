import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tableText } from "../src/cli/table-text";
import { bundleFunctions } from "../src/service/lambda-bundle";

const root = resolve(__dirname, "..");

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  /** Of the part that the file itself takes the time of; NaN where it takes none. */
  readonly innerMs: number;
}

const swc = "tsconfig.json";

/** Runs a TypeScript file `runs` times, each in a process of its own: medians of the times, the peak of memory. */
function measured(file: string, args: readonly string[], runs: number, project = swc): Measured {
  const all = Array.from({ length: runs }, () => run(file, args, project));
  return {
    seconds: median(all.map(({ seconds }) => seconds)),
    peakMb: Math.max(...all.map(({ peakMb }) => peakMb)),
    innerMs: median(all.map(({ innerMs }) => innerMs)),
  };
}

function run(file: string, args: readonly string[], project: string): Measured {
  const begun = process.hrtime.bigint();
  const preload = ["-r", join(__dirname, "measure.cjs"), "-r", "ts-node/register"];
  const { status, stderr } = spawnSync("node", [...preload, file, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, TS_NODE_PROJECT: project },
  });
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const said = (what: string) => Number(new RegExp(`${what}=([\\d.]+)`).exec(stderr)?.[1]);
  if (status !== 0) throw new Error(`${file} failed:\n${stderr}`);
  return { seconds, peakMb: said("maxRssKb") / 1024, innerMs: said("innerMs") };
}

const median = (numbers: readonly number[]) =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

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
