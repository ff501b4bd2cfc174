import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** How to start the emulator on this machine. */
export interface EmulatorCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Said to the reader. */
  readonly origin: string;
  /** Part of the command line by which the process is known again. */
  readonly mark: string;
}

const run = promisify(execFile);
const works = (program: string, ...args: string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );

/** A Python environment of its own in `.emulator/`, made on the first run; undefined where python3 cannot make one. */
export async function pythonCommand(
  version: string,
  folder: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<EmulatorCommand | undefined> {
  const python = join(folder, "bin", "python");
  const installed = (): Promise<boolean> =>
    works(python, "-c", `import importlib.metadata as m; assert m.version("ministack") == "${version}"`);
  if (!(existsSync(python) && (await installed()))) {
    if (!(await works("python3", "-c", "import sys, venv; assert sys.version_info >= (3, 10)"))) return undefined;
    say(`Installing MiniStack ${version} into .emulator/ (once, about 90 MB)`);
    await run("python3", ["-m", "venv", folder], { signal });
    await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `ministack==${version}`], {
      signal,
    });
  }
  return {
    program: python,
    args: [join(__dirname, "ministack_unhurried.py")],
    origin: `MiniStack ${version} from .emulator/ (Python)`,
    mark: "ministack_unhurried",
  };
}

/** The published image; host networking, for functions inside must reach the stand-ins on this machine's loopback. */
export async function dockerCommand(
  version: string,
  env: Record<string, string>,
): Promise<EmulatorCommand | undefined> {
  if (!(await works("docker", "info"))) return undefined;
  const settings = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  return {
    program: "docker",
    args: ["run", "--rm", "--network", "host", ...settings, `ministackorg/ministack:${version}`],
    origin: `MiniStack ${version} from Docker`,
    mark: "ministackorg/ministack",
  };
}
