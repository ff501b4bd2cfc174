import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type JsonObject, mapEntries, objectsOf } from "./json";
import { providerConfigs } from "./providers";

/** A stack in its offline form, and the folder it was synthesized into. */
export interface OfflineStack {
  readonly name: string;
  readonly folder: string;
  readonly json: JsonObject;
}

/** Writes one root configuration with a module per stack, so that one run of Terraform judges them all.
 *
 * The stacks' lock files are left behind: they may name another provider version than the one at hand.
 */
export function writeModules(folder: string, stacks: readonly OfflineStack[]): void {
  const { root, modules } = asModules(stacks);
  for (const stack of stacks) {
    const module = join(folder, stack.name);
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, "cdk.tf.json"), JSON.stringify(modules[stack.name], null, 2));
    const assets = join(stack.folder, "assets");
    if (existsSync(assets)) symlinkSync(assets, join(module, "assets"));
  }
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(root, null, 2));
}

/** Turns stacks into modules, and their provider blocks into ones of the root that equal stacks share.
 *
 * Terraform starts a provider process of some 400 MB for each provider block, and an environment needs two.
 */
export function asModules(stacks: readonly Omit<OfflineStack, "folder">[]): {
  readonly root: JsonObject;
  readonly modules: Readonly<Record<string, JsonObject>>;
} {
  const shared = new Map<string, SharedProvider>();
  const requirements: JsonObject = {};
  const calls: JsonObject = {};
  const modules: Record<string, JsonObject> = {};
  for (const { name, json } of stacks) {
    const { provider: _provider, ...rest } = json;
    const [{ backend: _backend, ...settings } = {}] = objectsOf(json.terraform, "terraform");
    const [required = {}] = objectsOf(settings.required_providers, "terraform.required_providers");
    const passed = sharing(json, shared);
    Object.assign(requirements, required);
    calls[name] = { source: `./${name}`, providers: passed };
    modules[name] = {
      ...rest,
      terraform: { ...settings, required_providers: withAliases(required, Object.keys(passed)) },
    };
  }
  const provider = [...shared.values()].map(({ name, alias, body }) => ({ [name]: { ...body, alias } }));
  return { root: { terraform: { required_providers: requirements }, provider, module: calls }, modules };
}

interface SharedProvider {
  readonly name: string;
  readonly alias: string;
  readonly body: JsonObject;
}

/** Adds a stack's provider blocks to those shared so far; returns which of them it is handed under which name. */
function sharing(json: JsonObject, shared: Map<string, SharedProvider>): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const {
    name,
    alias,
    body: { alias: _alias, ...body },
  } of providerConfigs(json)) {
    const key = JSON.stringify([name, Object.entries(body).sort()]);
    const provider = shared.get(key) ?? { name, alias: `shared-${shared.size + 1}`, body };
    shared.set(key, provider);
    passed[alias === undefined ? name : `${name}.${alias}`] = `${name}.${provider.alias}`;
  }
  return passed;
}

/** A module says under which aliases it is handed its providers. */
function withAliases(required: JsonObject, passed: readonly string[]): JsonObject {
  return mapEntries(required, (settings, name) => {
    const aliases = passed.filter((key) => key.startsWith(`${name}.`));
    return aliases.length > 0 && isObject(settings) ? { ...settings, configuration_aliases: aliases } : settings;
  });
}
