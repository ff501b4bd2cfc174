import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A program of one test: a shell script in a folder of its own. Returns its path. */
export function stubTool(script: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "stub-tool-")), "tool");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
