import { Command, CommanderError } from "commander";
import { ConfigError, environmentNames } from "../config/load";

/** The environment named by `--env`, or else by the variable `PLATFORM_ENV`: the CDKTF CLI passes no arguments. */
export function chosenEnvironment(argv: readonly string[], variable: string | undefined): string {
  const command = new Command("synth")
    .description("Writes the Terraform JSON of one environment to cdktf.out.")
    .option("--env <name>", `one of ${environmentNames().join(", ")}`, variable)
    .exitOverride()
    .parse(argv, { from: "user" });
  const { env } = command.opts<{ env?: string }>();
  if (env) return env;
  throw new ConfigError([
    `No environment is chosen; allowed are ${environmentNames().join(", ")}. Choose one by --env NAME or PLATFORM_ENV=NAME.`,
  ]);
}

/** Runs `work`; problems of usage or configuration are printed, one a line, and end the process with 2. */
export async function exitingOnConfigError(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exit(2);
  }
}
