import { join, resolve } from "node:path";
import { ConfigError, environmentNames, loadEnvironment } from "../config/load";
import type { Config } from "../config/schema";
import { bundleFunctions } from "../service/lambda-bundle";
import type { Synthesis } from "../terraform/read";
import { freshSynthesis } from "./fresh-synthesis";

const root = resolve(__dirname, "../..");

export interface Example {
  readonly name: string;
  readonly config: Config;
  readonly synthesis: Synthesis;
}

/** Checks every environment file; the problems of all of them are thrown together. */
export function loadEnvironments(): { name: string; config: Config }[] {
  const problems: string[] = [];
  const loaded = environmentNames().flatMap((name) => {
    try {
      return [{ name, config: loadEnvironment(name) }];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return loaded;
}

/** Bundles the functions and writes every environment to `<folder>/<name>`, afresh; nothing is written before all are valid. */
export async function synthesizeExamples(folder = join(root, "build")): Promise<Example[]> {
  const environments = loadEnvironments();
  await bundleFunctions();
  return environments.map(({ name, config }) => {
    return { name, config, synthesis: freshSynthesis(config, join(folder, name)) };
  });
}

/** Bundles the functions and writes one environment to `build/<name>`, afresh. */
export async function synthesizeExample(name: string): Promise<Example> {
  const config = loadEnvironment(name);
  await bundleFunctions();
  return { name, config, synthesis: freshSynthesis(config, join(root, "build", name)) };
}
