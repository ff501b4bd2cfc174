import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { CodeSuite } from "./code-suites";

const project = resolve(__dirname, "../../..");
const jestConfig = "src/cli/mutation/jest-units.js";
const workers = 2;

const Coverage = z.record(z.string(), z.object({ branches: z.object({ pct: z.number() }) }));
const Position = z.object({ line: z.number(), column: z.number() });
const Mutants = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          replacement: z.string(),
          status: z.string(),
          location: z.object({ start: Position, end: Position }),
        }),
      ),
    }),
  ),
});

/** What Stryker made of each file. Lines and columns count from 1. */
export type StrykerFiles = z.infer<typeof Mutants>["files"];

/** Per cent of the branches that the tests take, by source file. Throws, with what Jest said, if a test fails. */
export function branchCoverage({ sources, tests }: CodeSuite, scratch: string): ReadonlyMap<string, number> {
  run("node_modules/jest/bin/jest.js", [
    `--config=${jestConfig}`,
    `--maxWorkers=${workers}`,
    `--cacheDirectory=${join(scratch, "cache")}`,
    ...tests.map((pattern) => `--testMatch=**/${pattern}`),
    "--coverage",
    // Counts the branches of the source; the other provider counts those that compiling adds, too.
    "--coverageProvider=v8",
    "--coverageReporters=json-summary",
    `--coverageDirectory=${scratch}`,
    ...sources.map((source) => `--collectCoverageFrom=${source}`),
  ]);
  const summary = Coverage.parse(readJson(join(scratch, "coverage-summary.json")));
  return new Map(sources.map((source) => [source, summary[join(project, source)]?.branches.pct ?? 0]));
}

/** Every mutation of the suite's files and whether a test noticed. Throws, with what Stryker said, if it cannot run. */
export function strykerResults({ sources, tests, testData }: CodeSuite, scratch: string): StrykerFiles {
  const report = join(scratch, "mutation.json");
  const settings = join(scratch, "stryker.json");
  const isWatched = process.stderr.isTTY && !process.env.CI;
  const copied = [
    "package.json",
    "jest.config.js",
    jestConfig,
    "functions/**/*.ts",
    "src/**/*.ts",
    ...tests,
    ...testData,
  ];
  const options = {
    plugins: ["@stryker-mutator/jest-runner"],
    testRunner: "jest",
    coverageAnalysis: "perTest",
    concurrency: workers,
    mutate: sources,
    ignorePatterns: ["**", ...copied.map((pattern) => `!${pattern}`)],
    // Stryker's own list of test files counts for its first run alone; without this, each mutant would meet all tests.
    jest: {
      configFile: jestConfig,
      enableFindRelatedTests: false,
      config: { testMatch: tests.map((pattern) => `**/${pattern}`), cacheDirectory: join(scratch, "cache") },
    },
    tempDirName: join(scratch, "sandboxes"),
    cleanTempDir: "always",
    reporters: ["json", ...(isWatched ? ["progress-append-only"] : [])],
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
    disableTypeChecks: false,
    checkers: [],
    logLevel: "error",
  };
  writeFileSync(settings, JSON.stringify(options));
  run("node_modules/@stryker-mutator/core/bin/stryker.js", ["run", settings], isWatched);
  return Mutants.parse(readJson(report)).files;
}

/** Runs a tool of the project; what it says is kept for the error, or goes to the terminal where somebody watches. */
function run(script: string, args: readonly string[], isWatched = false): void {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(project, script), ...args], {
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", isWatched ? process.stderr.fd : "pipe", "pipe"],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stdout ?? ""}${stderr}`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
