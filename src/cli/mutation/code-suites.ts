/** Source files whose every small change some unit test should notice. Paths are from the project's folder. */
export interface CodeSuite {
  readonly sources: readonly string[];
  /** Patterns of the test files that are about them; none may need a synthesis. */
  readonly tests: readonly string[];
  /** Patterns of what the tests read besides TypeScript under `src/` and `functions/`. */
  readonly testData: readonly string[];
  /** Of each source file. */
  readonly leastScorePercent: number;
}

/** What "no delivery is refused because of a rotation" rests on. */
export const secretsCode: CodeSuite = {
  sources: [
    "functions/rotate-secret/protocol.ts",
    "functions/shared/webhook-verify.ts",
    "functions/shared/key-ring.ts",
    "src/secrets/schedule.ts",
  ],
  tests: [
    "__tests__/functions/rotate-secret/protocol*.test.ts",
    "__tests__/functions/shared/webhook-verify.test.ts",
    "__tests__/functions/shared/key-ring.test.ts",
    "__tests__/secrets/schedule.test.ts",
  ],
  testData: ["__tests__/functions/support/**", "__tests__/vectors/secrets-*.json"],
  leastScorePercent: 90,
};
