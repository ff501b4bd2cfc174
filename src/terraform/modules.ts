import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, objectsOf } from "./json";

/** A stack in its offline form, and the folder it was synthesized into. */
export interface OfflineStack {
  readonly name: string;
  readonly folder: string;
  readonly json: JsonObject;
}

/** Writes one root configuration with a module per stack, so that one provider process judges them all.
 *
 * The stacks' lock files are left behind: they may name another provider version than the one at hand.
 */
export function writeModules(root: string, stacks: readonly OfflineStack[]): void {
  for (const { name, folder, json } of stacks) {
    const module = join(root, name);
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, "cdk.tf.json"), JSON.stringify(withoutBackend(json), null, 2));
    const assets = join(folder, "assets");
    if (existsSync(assets)) symlinkSync(assets, join(module, "assets"));
  }
  writeFileSync(join(root, "main.tf.json"), JSON.stringify(rootModule(stacks.map(({ name }) => name)), null, 2));
}

export function rootModule(names: readonly string[]): JsonObject {
  return { module: Object.fromEntries(names.map((name) => [name, { source: `./${name}` }])) };
}

/** Only a root module may have a backend. */
function withoutBackend(json: JsonObject): JsonObject {
  const [{ backend: _backend, ...settings } = {}] = objectsOf(json.terraform, "terraform");
  return { ...json, terraform: settings };
}
