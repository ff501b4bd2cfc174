import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Estate, estateOf, type StackFacts } from "./estate";
import { isObject, type JsonObject } from "./json";
import { SynthesisError } from "./synthesis-error";
import { UnreadableError } from "./unreadable";
import { wholeStack } from "./whole-stack";

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
 * Throws SynthesisError where there is no manifest, no stack, or a stack that holds nothing: of an empty one every proof
 * would say that it is kept.
 */
export function readSynthesis(folder: string): Synthesis {
  const manifest = readJson(join(folder, "manifest.json"), Manifest);
  const read = Object.entries(manifest.stacks).map(([name, stack]) => {
    const file = join(folder, stack.synthesizedStackPath);
    const json = readJson(file, StackJson);
    const place = { name, folder: join(folder, stack.workingDirectory), dependencies: stack.dependencies };
    return { stack: { ...place, json }, facts: factsIn(file, name, json) };
  });
  if (read.length === 0) throw new SynthesisError(`${folder} holds no stack. Write it with "npm run synth".`);
  return { folder, stacks: read.map(({ stack }) => stack), estate: estateOf(read.map(({ facts }) => facts)) };
}

function factsIn(file: string, name: string, json: JsonObject): StackFacts {
  try {
    const facts = wholeStack(name, json);
    if (facts.resources.length === 0) throw new UnreadableError(name, "it holds no resource and no data source");
    return facts;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  if (!existsSync(file)) throw new SynthesisError(`${file} is missing. Write it with "npm run synth".`);
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): SynthesisError {
  const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : cause;
  return new SynthesisError(`${file} cannot be read as synthesized by CDKTF: ${reason}`, { cause });
}
