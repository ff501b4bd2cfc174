import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshSynthesis } from "../src/cli/fresh-synthesis";
import { tableText } from "../src/cli/table-text";
import { loadEnvironment } from "../src/config/load";
import { bundleFunctions } from "../src/service/lambda-bundle";
import { measured } from "./measured-process";

const environment = "production";
const reach = { seconds: 2, peakMb: 400, growth: 10 } as const;

/** Times every rule over an environment, and over ten of it at once; returns whether both are within reach. */
export async function benchPolicy(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    await bundleFunctions();
    freshSynthesis(loadEnvironment(environment), folder);
    const once = measured("bench/judge-estate.ts", [folder, environment, "1"], 5);
    const tenfold = measured("bench/judge-estate.ts", [folder, environment, "10"], 3);
    const seconds = once.innerMs / 1000;
    const growth = tenfold.innerMs / once.innerMs;
    const rows: [what: string, measured: string, reach: string][] = [
      ["every rule over production", `${seconds.toFixed(2)} s`, `under ${reach.seconds} s`],
      ["peak of memory", `${once.peakMb.toFixed(0)} MB`, `under ${reach.peakMb} MB`],
      ["ten times the estate", `${growth.toFixed(1)} times the time`, `under ${reach.growth}`],
    ];
    console.log(tableText([["policy", "measured", "reach"], ...rows], ""));
    return seconds < reach.seconds && once.peakMb < reach.peakMb && growth < reach.growth;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
