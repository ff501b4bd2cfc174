import { rmSync } from "node:fs";
import type { Config } from "../../config/schema";
import { folders } from "../../local/folders";
import { bundleFunctions } from "../../service/lambda-bundle";
import { readSynthesis, type Synthesis } from "../../terraform/read";

/** Bundles the functions and writes the local environment's stacks afresh. */
export async function synthesizeLocal(config: Config): Promise<Synthesis> {
  await bundleFunctions();
  const { synthesize }: typeof import("../../../main") = require("../../../main");
  rmSync(folders.synthesized, { recursive: true, force: true });
  synthesize(config, folders.synthesized);
  return readSynthesis(folders.synthesized);
}
