import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { median } from "./taking-turns";

const root = resolve(__dirname, "..");

export interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  /** Of the part that the file itself takes the time of; NaN where it takes none. */
  readonly innerMs: number;
}

const swc = "tsconfig.json";

/** Runs a TypeScript file `runs` times, each in a process of its own: medians of the times, the peak of memory. */
export function measured(file: string, args: readonly string[], runs: number, project = swc): Measured {
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
