import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { childEnvironment } from "../terraform/terraform-cli";
import { emulatorAccess } from "./emulator-access";
import { folders } from "./folders";
import { assertLoopbackOnly } from "./loopback";

export interface TerraformRun {
  readonly folder: string;
  readonly args: readonly string[];
  /** Ends Terraform and its provider at once: the state is thrown away anyway. */
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Runs Terraform and returns its standard output; throws `TerraformFailed` where it does not end with 0. */
export function terraform({ folder, args, signal, onLine }: TerraformRun): Promise<string> {
  signal.throwIfAborted();
  // A group of its own, so that the provider's process ends with it.
  const env = localEnvironment(folder);
  assertLoopbackOnly(env);
  const child = spawn(env.TERRAFORM_BINARY_NAME || "terraform", args, {
    cwd: folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.pid && process.kill(-child.pid, "SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  const output: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    output.push(line);
    onLine?.(line);
  });
  createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
  return new Promise<string>((resolve, reject) => {
    child.once("error", (error) => reject(new TerraformFailed([`terraform could not be started: ${error.message}`])));
    child.once("close", (code) => {
      signal.removeEventListener("abort", kill);
      if (signal.aborted) reject(signal.reason);
      else if (code === 0) resolve(output.join("\n"));
      else reject(new TerraformFailed(problemsIn(output, errors)));
    });
  });
}

/** What Terraform sees of the caller's environment: nothing of AWS but the emulator's address and fake credentials. */
function localEnvironment(folder: string): NodeJS.ProcessEnv {
  const cache = join(folders.work, "plugins");
  mkdirSync(cache, { recursive: true });
  return {
    ...childEnvironment(folder, process.env),
    ...emulatorAccess,
    // Seven stacks share one download of the provider.
    TF_PLUGIN_CACHE_DIR: cache,
  };
}

export class TerraformFailed extends Error {
  override readonly name = "TerraformFailed";

  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** What went wrong, one line per diagnostic of `-json` output with the address it is about, else all of standard error.
 *
 * A provider that panics says so on standard error alone, and innocent resources report "Plugin did not respond".
 */
export function problemsIn(output: readonly string[], errors: readonly string[]): string[] {
  const diagnostics = output.flatMap((line) => {
    const { diagnostic } = parsed(line);
    return diagnostic?.severity === "error" ? [diagnostic] : [];
  });
  const panic = errors.find((line) => line.startsWith("panic: "));
  const lines = diagnostics.map(({ address, summary, detail }) =>
    [address ?? "terraform", summary, firstParagraph(detail)].filter(Boolean).join(": "),
  );
  if (panic) return [`the provider ended with a ${panic}`, ...lines];
  return lines.length > 0 ? lines : [errors.join("\n")];
}

interface JsonLine {
  readonly diagnostic?: { severity: string; summary: string; detail?: string; address?: string };
}

function parsed(line: string): JsonLine {
  try {
    return JSON.parse(line) as JsonLine;
  } catch {
    return {};
  }
}

const firstParagraph = (text = ""): string => text.split("\n\n")[0]?.replaceAll("\n", " ") ?? "";
