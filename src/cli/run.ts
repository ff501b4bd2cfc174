import type { Command } from "commander";
import { exitingOnConfigError } from "./environment";

/** Each is a file of this folder that exports a function of its name. */
const names = [
  "start",
  "bundle",
  "check",
  "waf",
  "simulate",
  "rotate",
  "local",
  "golden",
  "vectors",
  "fuzz",
  "mutation",
  "lock",
];

async function run([name = "", ...args]: readonly string[]): Promise<void> {
  if (!names.includes(name)) {
    console.error(`There is no command ${JSON.stringify(name)}; allowed are ${names.join(", ")}.`);
    process.exit(2);
  }
  // Loaded when asked for, so that a command does not wait for what only another needs.
  const file: Readonly<Record<string, (() => Command) | undefined>> = require(`./${name}`);
  await file[name]?.().exitOverride().parseAsync(args, { from: "user" });
}

void exitingOnConfigError(() => run(process.argv.slice(2)));
