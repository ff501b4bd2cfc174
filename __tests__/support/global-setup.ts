import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeExamples } from "../../src/cli/examples";

/** Synthesizes every example environment once; tests read the JSON from the folder in `SYNTH_FOLDER`. */
export default async function setup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "synth-"));
  await synthesizeExamples(folder);
  process.env.SYNTH_FOLDER = folder;
}
