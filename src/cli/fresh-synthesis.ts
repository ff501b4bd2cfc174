import { rmSync } from "node:fs";
import type { Config } from "../config/schema";
import { readSynthesis, type Synthesis } from "../terraform/read";

/** Writes an environment to a folder, without what lay there before, and reads it back. The functions must be bundled. */
export function freshSynthesis(config: Config, outdir: string): Synthesis {
  // Loads CDKTF and the provider, so not before they are needed.
  const { synthesize }: typeof import("../../main") = require("../../main");
  rmSync(outdir, { recursive: true, force: true });
  synthesize(config, outdir);
  return readSynthesis(outdir);
}
