import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const root = resolve(__dirname, "../..");

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path))
    .sort();
}

const read = (path: string) => readFileSync(join(root, path), "utf8");
const lineCount = (path: string) => read(path).split("\n").length - 1;
const source = [...filesBelow("src", ".ts"), ...filesBelow("functions", ".ts"), "main.ts"];

describe("files", () => {
  const sizes = source.map((path) => ({ path, lines: lineCount(path) })).sort((one, other) => one.lines - other.lines);

  it("have a median of at most 90 lines", () => {
    expect(sizes[Math.floor(sizes.length / 2)]?.lines).toBeLessThanOrEqual(90);
  });

  it("are never longer than 250 lines, but for plain tables", () => {
    const plainTables = ["src/config/ownership.ts", "src/config/defaults.ts"];

    const long = sizes.filter(({ path, lines }) => lines > 250 && !plainTables.includes(path));

    expect(long).toEqual([]);
  });
});

describe("the code", () => {
  /** Each with a sample that the pattern must find, so that a mistyped pattern cannot pass for ever. */
  it.each([
    ["says no `any`", /(:|<|\bas|\|)\s*any\b(?!thing)/, "let x: any;"],
    ["silences no check", /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/, "// @ts-ignore"],
    ["leaves no work for later", /\b(TODO|FIXME|XXX)\b|coming soon|not implemented/i, "// TODO"],
    ["names no folder of a machine", /["'`](\/(work|home|root|Users|tmp)\/)/, 'read("/home/me/x")'],
    [
      "reads the environment only where a process begins",
      /process\.env\.(?!CI\b|PLATFORM_ENV|CDKTF_OUTDIR)/,
      "process.env.SECRET",
    ],
  ])("%s", (_, pattern, sample) => {
    expect(sample).toMatch(pattern);

    const offending = source
      .filter((path) => !(pattern.source.startsWith("process") && readsItsOwnEnvironment(path)))
      .flatMap((path) =>
        read(path)
          .split("\n")
          .map((line, index) => ({ place: `${path}:${index + 1}`, line })),
      )
      .filter(({ line }) => pattern.test(line));

    expect(offending).toEqual([]);
  });

  const readsItsOwnEnvironment = (path: string) =>
    path.startsWith("functions/") || path.startsWith("src/local/") || path === "src/terraform/terraform-cli.ts";

  it("re-exports nothing but at the two seams", () => {
    const barrels = source.filter((path) => /^export (\*|\{[^}]*\}) from/m.test(read(path)));

    expect(barrels).toEqual(["src/aws.ts", "src/cdktf.ts"]);
  });

  it("takes the provider a module at a time", () => {
    const imports = [...read("src/aws.ts").matchAll(/from "([^"]+)"/g)].map(([, path]) => path);

    expect(imports.length).toBeGreaterThan(90);
    expect(imports.filter((path) => !/^@cdktf\/provider-aws\/lib\/[a-z0-9-]+$/.test(path ?? ""))).toEqual([]);
  });

  it("has one base class, that of the stacks", () => {
    const bases = source.flatMap((path) => [...read(path).matchAll(/extends (\w+)/g)].map(([, base]) => base));
    const ours = [...new Set(bases)].filter((base) =>
      source.some((path) => new RegExp(`class ${base}\\b`).test(read(path))),
    );

    expect(ours).toEqual(["PlatformStack"]);
  });
});

describe("a reader who asks where something is", () => {
  it("finds a folder with that word", () => {
    const words = [
      "limits",
      "waf",
      "secrets",
      "recovery",
      "cost",
      "scaling",
      "slo",
      "compliance",
      "security",
      "policy",
      "terraform",
      "adopt",
      "local",
      "report",
      "cli",
      "config",
      "stacks",
    ];

    const missing = words.filter((word) => !existsSync(join(root, "src", word)));

    expect(missing).toEqual([]);
  });

  it("finds a test that exercises every source file, or the reason why there is none", () => {
    const importsOf = (path: string) =>
      [...read(path).matchAll(/(?:from |import |import\(|require\()"(\.[^"]+)"/g)]
        .map(([, target = ""]) => `${relative(root, resolve(root, path, "..", target)).replace(/\.ts$/, "")}.ts`)
        .filter((target) => existsSync(join(root, target)));
    const reached = new Set<string>();
    const visit = (path: string) => {
      // Whoever imports the whole platform tests nothing in particular.
      if (reached.has(path) || path === "main.ts") return;
      reached.add(path);
      importsOf(path).forEach(visit);
    };
    filesBelow("__tests__", ".test.ts").forEach(visit);

    const excused = Object.keys(reasons);
    const untested = source.filter((path) => !reached.has(path) && !excused.some((prefix) => path.startsWith(prefix)));

    expect(untested).toEqual([]);
    expect(Object.keys(reasons).filter((path) => reached.has(path))).toEqual([]);
  });
});

/** Files that no test imports, and what shows that they work. */
const reasons: Readonly<Record<string, string>> = {
  "main.ts": "synth/determinism runs it as a process",
  "src/cli/run.ts": "cli/commands runs it as a process",
  "src/cli/check.ts": "cli/commands runs it as a process; what it prints is judged in synth/examples",
  "src/cli/start.ts": "cli/commands runs it as a process; what it writes is judged in report/page",
  "src/cli/golden.ts": "what it writes is judged in house/documents",
  "src/cli/lock.ts": "it needs the registry; finish, which copies what it writes, is judged in synth/determinism",
  "src/cli/waf.ts": "cli/waf runs it as a process",
  "src/cli/simulate.ts": "cli/waf runs it as a process",
  "src/cli/local": "npm run local, which CI runs, drives the commands; what they decide is judged in local/",
  "src/local/": "npm run local, which CI runs, is the test of what touches the emulator",
};
