import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Estate, estateOf, stackFacts } from "./estate";
import { isObject, type JsonObject } from "./json";

/** One environment as CDKTF wrote it: `cdktf.out`, or a folder of `build`. */
export interface Synthesis {
  readonly folder: string;
  /** In the order of the manifest. */
  readonly stacks: readonly SynthesizedStack[];
  readonly estate: Estate;
}

export interface SynthesizedStack {
  readonly name: string;
  /** Holds `cdk.tf.json` and the assets it names. */
  readonly folder: string;
  /** Stacks that must be applied before it. */
  readonly dependencies: readonly string[];
  readonly json: JsonObject;
}

const Manifest = z.looseObject({
  stacks: z.record(
    z.string(),
    z.looseObject({
      dependencies: z.array(z.string()),
      synthesizedStackPath: z.string(),
      workingDirectory: z.string(),
    }),
  ),
});

const StackJson = z.custom<JsonObject>(isObject, "it must be an object");

/** Reads the stacks that a folder's manifest lists. Folders of stacks that are gone are left unread.
 *
 * Throws where there is no manifest or no stack: an empty folder would make every proof pass.
 */
export function readSynthesis(folder: string): Synthesis {
  const manifest = readJson(join(folder, "manifest.json"), Manifest);
  const stacks = Object.entries(manifest.stacks).map(([name, stack]) => ({
    name,
    folder: join(folder, stack.workingDirectory),
    dependencies: stack.dependencies,
    json: readJson(join(folder, stack.synthesizedStackPath), StackJson),
  }));
  if (stacks.length === 0) throw new Error(`${folder} holds no stack. Write it with "npm run synth".`);
  return { folder, stacks, estate: estateOf(stacks.map(({ name, json }) => stackFacts(name, json))) };
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  if (!existsSync(file)) throw new Error(`${file} is missing. Write it with "npm run synth".`);
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(
      `${file} cannot be read as synthesized by CDKTF: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}
