import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { progress } from "../progress";
import { codeReport, codeText } from "./code-report";
import { branchCoverage, strykerResults } from "./code-run";
import type { CodeSuite } from "./code-suites";

/** Changes every spot of the suite's files in turn, prints which changes the tests miss, and returns what is wrong.
 *
 * Throws if the tests fail without any change. Writes into a temporary folder, which it removes.
 */
export function mutateCode(suite: CodeSuite): readonly string[] {
  const scratch = mkdtempSync(join(tmpdir(), "mutation-"));
  try {
    progress(`Measuring which branches of ${suite.sources.length} files the tests take`);
    const branches = branchCoverage(suite, scratch);
    progress("Changing one spot at a time, which takes minutes");
    const report = codeReport(suite, branches, strykerResults(suite, scratch));
    console.log(codeText(report));
    return report.problems;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
