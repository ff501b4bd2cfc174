import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeExamples } from "../../src/cli/examples";

/** Synthesizes every example environment once; tests read the JSON from the folder in `SYNTH_FOLDER`.
 *
 * Whatever tests write to the temporary folder goes into one folder of this run, which the teardown removes.
 */
export default async function setup(): Promise<void> {
  const runs = join(tmpdir(), "production-hardening-tests");
  mkdirSync(runs, { recursive: true });
  process.env.TMPDIR = mkdtempSync(join(runs, "run-"));
  process.env.SYNTH_FOLDER = join(process.env.TMPDIR, "examples");
  await synthesizeExamples(process.env.SYNTH_FOLDER);
}
