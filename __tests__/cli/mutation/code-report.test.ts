import { codeReport, codeText } from "../../../src/cli/mutation/code-report";
import { secretsCode } from "../../../src/cli/mutation/code-suites";

const suite = { sources: ["src/a.ts", "src/b.ts"], tests: [], testData: [], leastScorePercent: 90 };
const source = "const one = 1;\nif (one > 0) {\n  go();\n}\n";
const mutant = (status: string, [line, from]: [number, number], [endLine, to]: [number, number]) => ({
  status,
  replacement: "{}",
  location: { start: { line, column: from }, end: { line: endLine, column: to } },
});
const killed = (count: number) => Array.from({ length: count }, () => mutant("Killed", [1, 1], [1, 2]));
const full = new Map([
  ["src/a.ts", 100],
  ["src/b.ts", 100],
]);

it("the score of a file counts what was noticed, what waits for ever too, and not what could not run", () => {
  const mutants = [
    ...killed(8),
    mutant("Timeout", [1, 1], [1, 2]),
    mutant("Survived", [2, 14], [4, 2]),
    mutant("CompileError", [1, 1], [1, 2]),
  ];

  const report = codeReport(suite, full, {
    "src/a.ts": { source, mutants },
    "src/b.ts": { source, mutants: killed(1) },
  });

  expect(report).toEqual({
    files: [
      { file: "src/a.ts", branchesPercent: 100, noticed: 9, total: 10, scorePercent: 90 },
      { file: "src/b.ts", branchesPercent: 100, noticed: 1, total: 1, scorePercent: 100 },
    ],
    survivors: ["src/a.ts:2: { go(); } -> {}"],
    problems: [],
  });
  expect(codeText(report)).toBe(
    [
      "file      branches  noticed  mutations  score",
      "src/a.ts  100 %     9        10         90 %",
      "src/b.ts  100 %     1        1          100 %",
      "Survives: src/a.ts:2: { go(); } -> {}",
    ].join("\n"),
  );
});

it("a file is a problem below its score, with a branch not taken, and where there is nothing of it", () => {
  const mutants = [...killed(899), ...Array.from({ length: 101 }, () => mutant("NoCoverage", [1, 7], [1, 10]))];

  const { problems, survivors } = codeReport(suite, new Map([["src/a.ts", 99.5]]), { "src/a.ts": { source, mutants } });

  expect(problems).toEqual([
    "src/a.ts: the tests take 99.5 % of its branches; needed are 100.",
    "src/a.ts: the tests notice 89.9 % of its mutations; needed are 90.",
    "src/b.ts: the tests take 0 % of its branches; needed are 100.",
    "src/b.ts: the tests notice 0 % of its mutations; needed are 90.",
  ]);
  expect(survivors[0]).toBe("src/a.ts:1: one -> {}");
});

it("the four files that the promise rests on are asked for nine changes of ten", () => {
  expect(secretsCode.sources).toEqual([
    "functions/rotate-secret/protocol.ts",
    "functions/shared/webhook-verify.ts",
    "functions/shared/key-ring.ts",
    "src/secrets/schedule.ts",
  ]);
  expect(secretsCode.leastScorePercent).toBe(90);
});
