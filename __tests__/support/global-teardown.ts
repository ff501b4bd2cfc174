import { rmSync } from "node:fs";

export default function teardown(): void {
  if (process.env.SYNTH_FOLDER && process.env.TMPDIR) rmSync(process.env.TMPDIR, { recursive: true, force: true });
}
