import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const lockFile = ".terraform.lock.hcl";
const root = resolve(__dirname, "../..");

/** Leaves an output folder as the CDKTF CLI would: without folders of stacks that are gone, and with the provider lock.
 *
 * A loop over `stacks/*` would otherwise plan a stack that no longer exists.
 */
export function finish(outdir: string, lock = join(root, lockFile)): void {
  const manifest: { stacks: Record<string, { workingDirectory: string }> } = JSON.parse(
    readFileSync(join(outdir, "manifest.json"), "utf8"),
  );
  const stacks = join(outdir, "stacks");
  for (const folder of readdirSync(stacks)) {
    if (!(folder in manifest.stacks)) rmSync(join(stacks, folder), { recursive: true });
  }
  if (!existsSync(lock)) return;
  for (const { workingDirectory } of Object.values(manifest.stacks)) {
    copyFileSync(lock, join(outdir, workingDirectory, lockFile));
  }
}
