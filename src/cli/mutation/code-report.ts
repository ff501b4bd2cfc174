import { tableText } from "../table-text";
import type { StrykerFiles } from "./code-run";
import type { CodeSuite } from "./code-suites";

export interface CodeReport {
  /** In the order of the suite. */
  readonly files: readonly FileScore[];
  /** `file:line: original -> mutated`, by file and line. */
  readonly survivors: readonly string[];
  readonly problems: readonly string[];
}

interface FileScore {
  readonly file: string;
  readonly branchesPercent: number;
  readonly noticed: number;
  readonly total: number;
  /** Rounded down, to two decimals; 0 for a file without any mutation. */
  readonly scorePercent: number;
}

type StrykerFile = StrykerFiles[string];
type Mutant = StrykerFile["mutants"][number];

/** A change that makes a test wait for ever is noticed. What did not compile or crashed the run counts nowhere. */
const noticed = ["Killed", "Timeout"];
const missed = ["Survived", "NoCoverage"];

/** What the tests are worth, file by file, against what the suite asks for. */
export function codeReport(
  { sources, leastScorePercent }: CodeSuite,
  branches: ReadonlyMap<string, number>,
  mutated: StrykerFiles,
): CodeReport {
  const files = sources.map((file) => score(file, branches.get(file) ?? 0, mutated[file]?.mutants ?? []));
  return {
    files,
    survivors: sources.flatMap((file) => survivors(file, mutated[file])),
    problems: files.flatMap(({ file, branchesPercent, scorePercent }) => [
      ...(branchesPercent < 100
        ? [`${file}: the tests take ${branchesPercent} % of its branches; needed are 100.`]
        : []),
      ...(scorePercent < leastScorePercent
        ? [`${file}: the tests notice ${scorePercent} % of its mutations; needed are ${leastScorePercent}.`]
        : []),
    ]),
  };
}

/** A line a file, and every change that no test noticed. */
export function codeText({ files, survivors }: CodeReport): string {
  const rows = files.map(({ file, branchesPercent, noticed, total, scorePercent }) => [
    file,
    `${branchesPercent} %`,
    `${noticed}`,
    `${total}`,
    `${scorePercent} %`,
  ]);
  return [
    tableText([["file", "branches", "noticed", "mutations", "score"], ...rows]),
    ...survivors.map((survivor) => `Survives: ${survivor}`),
  ].join("\n");
}

function score(file: string, branchesPercent: number, mutants: readonly Mutant[]): FileScore {
  const count = (statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const total = count(noticed) + count(missed);
  const scorePercent = total === 0 ? 0 : Math.floor((count(noticed) / total) * 10_000) / 100;
  return { file, branchesPercent, noticed: count(noticed), total, scorePercent };
}

function survivors(file: string, { source, mutants }: StrykerFile = { source: "", mutants: [] }): string[] {
  return mutants
    .filter(({ status }) => missed.includes(status))
    .toSorted((a, b) => a.location.start.line - b.location.start.line)
    .map((mutant) => {
      const change = `${oneLine(original(source, mutant))} -> ${oneLine(mutant.replacement)}`;
      return `${file}:${mutant.location.start.line}: ${change}`;
    });
}

function original(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  // From the end first: start and end may be on one line.
  const last = lines.length - 1;
  const cut = lines.map((line, index) => (index === last ? line.slice(0, end.column - 1) : line));
  return [cut[0]?.slice(start.column - 1), ...cut.slice(1)].join("\n");
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, " ");
}
