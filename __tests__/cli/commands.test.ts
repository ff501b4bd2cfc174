import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { withoutCreationStacks } from "../../src/cli/creation-stacks";
import { tableText } from "../../src/cli/table-text";

const root = resolve(__dirname, "../..");

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  const child = spawn("node", ["-r", "ts-node/register", "src/cli/run.ts", ...args], { cwd: root });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  return new Promise((done) => child.on("close", (status) => done({ status, stdout, stderr })));
}

describe("a command", () => {
  it.each([
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
  ])(
    "%s explains itself",
    async (name) => {
      const { status, stdout } = await run(name, "--help");

      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: ${name} \\[options\\][\\s\\S]+\\n\\n\\w[\\s\\S]+`));
    },
    60_000,
  );

  it.each([
    [
      ["nothing"],
      'There is no command "nothing"; allowed are start, bundle, check, waf, simulate, rotate, local, golden, vectors, fuzz, mutation, lock.\n',
    ],
    [
      ["check", "--only", "limits,luck"],
      "--only names luck; allowed are schema, promises, policy, scan, limits, waf, reach, rotation, alarms, backups.\n",
    ],
    [["start", "--fast"], "error: unknown option '--fast'\n"],
  ])(
    "%j is refused with 2 and says what is allowed",
    async (args, message) => {
      expect(await run(...args)).toEqual({ status: 2, stdout: "", stderr: message });
    },
    60_000,
  );
});

describe("work without CDKTF's stack traces", () => {
  it("still throws errors that show where they came from", () => {
    const failing = () => {
      throw new Error("broken");
    };

    let caught: unknown;
    try {
      withoutCreationStacks(failing);
    } catch (error) {
      caught = error;
    }

    expect(caught).toBeInstanceOf(Error);
    expect(String((caught as Error).stack)).toContain("commands.test.ts");
  });

  it("takes none for the objects made in it", () => {
    const traced = withoutCreationStacks(() => {
      const object: { stack?: string } = {};
      Error.captureStackTrace(object);
      return object.stack;
    });

    expect(traced).toBeUndefined();
  });
});

describe("a table of text", () => {
  it("aligns its columns and leaves no blanks at the end", () => {
    expect(
      tableText(
        [
          ["stack", "resources"],
          ["network", "52"],
          ["data", "7"],
        ],
        "  ",
      ),
    ).toBe("  stack    resources\n  network  52\n  data     7");
  });
});
