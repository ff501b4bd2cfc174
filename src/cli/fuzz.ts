import { Command } from "commander";
import { ConfigError } from "../config/load";
import type { FuzzRun } from "./fuzz/run";

interface Options {
  readonly requests: number;
  readonly seed: number;
}

/** What is tried; loaded when asked for, because only one of them needs a synthesis. */
const targets: Readonly<Record<string, () => FuzzRun>> = {
  waf: () => (require("./fuzz/waf") as typeof import("./fuzz/waf")).fuzzWaf,
  webhook: () => (require("./fuzz/webhook") as typeof import("./fuzz/webhook")).fuzzWebhook,
};

/** Looks for what nobody thought of, with random input that a seed repeats. */
export function fuzz(): Command {
  const names = Object.keys(targets).join(", ");
  return new Command("fuzz")
    .description("Sends random requests to what decides about them. Exits 1 if one ends as it must not.")
    .argument("<what>", `what is tried: ${names}`)
    .option("--requests <count>", "how many", wholeNumber, 1_000_000)
    .option("--seed <number>", "the same seed sends the same requests", wholeNumber, 20_260_101)
    .action(async (what: string, options: Options) => {
      const load = Object.hasOwn(targets, what) ? targets[what] : undefined;
      if (!load) throw new ConfigError([`There is no fuzz of ${JSON.stringify(what)}; allowed are ${names}.`]);
      const { problems, passed } = await load()(options);
      for (const problem of problems) console.error(problem);
      if (problems.length === 0) console.log(passed);
      process.exitCode = problems.length === 0 ? 0 : 1;
    });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ConfigError([`${JSON.stringify(text)} is not a whole number from 1 to 999999999.`]);
}
