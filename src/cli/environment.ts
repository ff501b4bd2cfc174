import { Command, CommanderError } from "commander";
import { ConfigError, environmentNames } from "../config/load";
import { SynthesisError } from "../terraform/synthesis-error";
import { UnreadableError } from "../terraform/unreadable";

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

/** Runs `work`; problems of usage, of configuration or of JSON are printed, one a line, and end the process with 2. */
export async function exitingOnConfigError(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
    for (const problem of problemsOf(error)) console.error(problem);
    process.exit(2);
  }
}

/** Throws what is a fault of ours: its stack trace is wanted. */
function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof SynthesisError || error instanceof UnreadableError) return [error.message];
  throw error;
}
