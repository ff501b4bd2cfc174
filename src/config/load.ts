import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { allowed, sentences } from "./problems";
import { type Config, environmentSchema } from "./schema";

const folder = resolve(__dirname, "../../environments");

/** Everything that is wrong with an environment; a command prints it and exits 2. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** The environments that can be asked for: the files of `environments/`, without their ending. */
export function environmentNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

/** Checks what an environment file exports; `file` is named in every problem. */
export function parseEnvironment(input: unknown, file: string): Config {
  const result = environmentSchema.safeParse(input, { error: allowed, reportInput: true });
  if (!result.success) throw new ConfigError(sentences(result.error.issues, file));
  return result.data;
}

/** Reads `environments/<name>.ts`. */
export function loadEnvironment(name: string): Config {
  if (!environmentNames().includes(name)) {
    throw new ConfigError([
      `There is no environment ${JSON.stringify(name)}; allowed are ${environmentNames().join(", ")}. Each is a file of environments/.`,
    ]);
  }
  const exported: { default?: unknown } = require(join(folder, name));
  return parseEnvironment(exported.default, `environments/${name}.ts`);
}
