import { rmSync } from "node:fs";

export default function teardown(): void {
  if (process.env.SYNTH_FOLDER) rmSync(process.env.SYNTH_FOLDER, { recursive: true, force: true });
}
