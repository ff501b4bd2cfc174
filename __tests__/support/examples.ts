import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readSynthesis, type Synthesis } from "../../src/terraform/read";

/** Where the global setup wrote the example environments. */
export function synthFolder(): string {
  const folder = process.env.SYNTH_FOLDER;
  if (!folder)
    throw new Error("SYNTH_FOLDER is not set: run this through jest, whose global setup synthesizes the examples.");
  return folder;
}

export const exampleNames = (): string[] => readdirSync(synthFolder()).sort();

export const example = (name: string): Synthesis => readSynthesis(join(synthFolder(), name));
