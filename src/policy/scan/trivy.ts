import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scannerFinding } from "./join";
import type { JoinedRoot } from "./joined-root";
import { scannedText } from "./normalise";
import { lastLine, runTool } from "./run-tool";
import type { Scan } from "./scan";
import { syntheticPlan } from "./synthetic-plan";
import { readTrivy } from "./trivy-report";

const about = { tool: "trivy", form: "plan" } as const;

/** Asks trivy about all stacks of an environment, as plan alone: of a configuration in JSON it loses nested blocks.
 *
 * `env` names the program in `TRIVY`, else it is looked for on the PATH. It runs with the checks that are built into
 * it and asks neither the network nor an account.
 */
export async function trivyScan({ json, origins }: JoinedRoot, env: NodeJS.ProcessEnv): Promise<Scan> {
  const failed = (reason: string): Scan => ({ kind: "failed", ...about, reason });
  const folder = mkdtempSync(join(tmpdir(), "trivy-"));
  try {
    writeFileSync(join(folder, "plan.json"), scannedText(syntheticPlan(json)));
    const run = await runTool(env.TRIVY || about.tool, args, { folder, env: childEnvironment(env) });
    if (run.kind === "not installed") return { kind: run.kind, tool: about.tool };
    if (run.code !== 0)
      return failed(`it ended with exit code ${run.code}: ${lastLine(run.stderr) ?? "without a word"}`);
    const report = readTrivy(run.stdout, run.stderr);
    if (report.kind === "unusable") return failed(report.reason);
    const findings = report.failed.map((check) => scannerFinding(check, addressOf(check.resource), origins));
    return { kind: "scanned", ...about, checks: report.checks, findings };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `--quiet` is not among them: it hides the line that says that a file could not be parsed. */
const args = ["config", "--format", "json", "--include-non-failures", "plan.json"];

/** What it must not do is said by variables, since versions that do not know one pass over it. */
function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("TRIVY_"));
  return {
    ...Object.fromEntries(kept),
    TRIVY_SKIP_CHECK_UPDATE: "true",
    TRIVY_SKIP_VERSION_CHECK: "true",
    TRIVY_DISABLE_TELEMETRY: "true",
  };
}

/** The resource that a finding about one of its blocks stands in. */
const addressOf = (resource: string): string | undefined => /^[a-z][a-z0-9_]*\.[\w-]+/.exec(resource)?.[0];
