import { spawn } from "node:child_process";

/** How a scanner's process ended. */
export type ToolRun =
  | { readonly kind: "not installed" }
  | { readonly kind: "ended"; readonly code: number | null; readonly stdout: string; readonly stderr: string };

export interface ToolSurroundings {
  /** The working directory. */
  readonly folder: string;
  /** All that the process sees. */
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end, whatever it exits with. Throws where it is there and cannot be started. */
export function runTool(binary: string, args: readonly string[], { folder, env }: ToolSurroundings): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error) => {
      if ("code" in error && error.code === "ENOENT") resolve({ kind: "not installed" });
      else reject(error);
    });
    child.on("close", (code) => {
      const [out, err] = [Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString()];
      resolve({ kind: "ended", code, stdout: out, stderr: err });
    });
  });
}

/** The last line that is not empty: of a traceback, the one that says what went wrong. */
export const lastLine = (text: string): string | undefined =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .at(-1)
    ?.trim();
