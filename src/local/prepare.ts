import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../terraform/json";
import type { Synthesis } from "../terraform/read";
import { emulatorAccess } from "./emulator-access";
import { type LeftOut, type Unsupported, withoutUnsupported } from "./leave-out";
import { localForm } from "./local-form";
import { assertLoopbackOnly } from "./loopback";

/** A stack in its scratch folder, as the emulator can hold it. */
export interface PreparedStack {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly json: JsonObject;
  readonly leftOut: readonly LeftOut[];
}

export interface PrepareProps {
  readonly synthesis: Synthesis;
  readonly unsupported: readonly Unsupported[];
  readonly workFolder: string;
  readonly stateFolder: string;
}

/** Writes every stack to a scratch folder, without what the emulator cannot hold. The synthesized stacks stay as they are. */
export function prepare({ synthesis, unsupported, workFolder, stateFolder }: PrepareProps): PreparedStack[] {
  mkdirSync(stateFolder, { recursive: true });
  const lost: string[] = [];
  return inOrder(synthesis.stacks).map(({ name, folder: source, dependencies, json: synthesized }) => {
    const { stack, leftOut, lostReferences } = withoutUnsupported(name, synthesized, unsupported, lost);
    lost.push(...lostReferences);
    const json = localForm(name, stack, stateFolder);
    assertLoopbackOnly(emulatorAccess, [[name, json]]);
    const folder = join(workFolder, "stacks", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json, null, 2));
    copyAssets(join(source, "assets"), join(folder, "assets"));
    return { name, folder, dependencies, json, leftOut };
  });
}

/** Producers before their readers: what a producer loses, its readers lose too. */
function inOrder(stacks: Synthesis["stacks"]): Synthesis["stacks"] {
  const placed = new Set<string>();
  const ordered: Synthesis["stacks"][number][] = [];
  while (ordered.length < stacks.length) {
    const next = stacks.find(
      ({ name, dependencies }) => !placed.has(name) && dependencies.every((other) => placed.has(other)),
    );
    if (!next) throw new Error("Stacks depend on each other in a circle, or on one that was not synthesized.");
    placed.add(next.name);
    ordered.push(next);
  }
  return ordered;
}

/** Copied, for a synthesis while this run goes on would take them away. */
export function copyAssets(source: string, target: string): void {
  rmSync(target, { force: true, recursive: true });
  if (existsSync(source)) cpSync(source, target, { recursive: true });
}
