import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCheckov } from "./checkov-report";
import { addressAt, resourceLines, scannerFinding } from "./join";
import type { JoinedRoot } from "./joined-root";
import { scannedText } from "./normalise";
import { lastLine, runTool } from "./run-tool";
import type { Scan, ScannedForm } from "./scan";
import { syntheticPlan } from "./synthetic-plan";

const tool = "checkov";

/** Asks checkov about all stacks of an environment, once as configuration and once as plan.
 *
 * As configuration it passes over policies written as text; a plan has no `lifecycle`. Neither asks the network or an
 * account. `env` names the program in `CHECKOV`, else it is looked for on the PATH; with `REQUIRE_CHECKOV=1` its
 * absence is a failure.
 */
export async function checkovScans(root: JoinedRoot, env: NodeJS.ProcessEnv): Promise<Scan[]> {
  const folder = mkdtempSync(join(tmpdir(), "checkov-"));
  try {
    const scans = await Promise.all([scan("native", root, folder, env), scan("plan", root, folder, env)]);
    const absent = scans.find(({ kind }) => kind === "not installed");
    return absent ? [absent] : scans;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function scan(form: ScannedForm, root: JoinedRoot, scratch: string, env: NodeJS.ProcessEnv): Promise<Scan> {
  const failed = (reason: string): Scan => ({ kind: "failed", tool, form, reason });
  const folder = join(scratch, form);
  mkdirSync(folder);
  const text = scannedText(form === "native" ? root.json : syntheticPlan(root.json));
  writeFileSync(join(folder, fileNames[form]), text);
  const args = [...framework[form], ...always];
  const run = await runTool(env.CHECKOV || tool, args, { folder, env: childEnvironment(env, folder) });
  if (run.kind === "not installed") {
    const isDemanded = env.REQUIRE_CHECKOV === "1";
    return isDemanded ? failed("it is not installed, and REQUIRE_CHECKOV=1 demands it") : { kind: run.kind, tool };
  }
  if (run.code !== 0 && run.code !== 1) {
    return failed(`it ended with exit code ${run.code}: ${lastLine(run.stderr) ?? "without a word"}`);
  }
  const report = readCheckov(run.stdout);
  if (report.kind === "unusable") return failed(report.reason);
  const lines = form === "native" ? resourceLines(text) : [];
  const findings = report.failed.map((check) =>
    scannerFinding(check, form === "native" ? addressAt(check.lines, lines) : check.address, root.origins),
  );
  return { kind: "scanned", tool, form, checks: report.checks, findings };
}

const fileNames: Readonly<Record<ScannedForm, string>> = { native: "main.tf.json", plan: "plan.json" };

/** With `--framework terraform` it would run no check on JSON and exit 0. */
const framework: Readonly<Record<ScannedForm, readonly string[]>> = {
  native: ["--framework", "terraform_json", "--directory", "."],
  plan: ["--framework", "terraform_plan", "--file", fileNames.plan],
};

/** `--quiet` is not among them: it leaves passed checks out, and then nobody could count what ran. */
const always = ["--output", "json", "--compact", "--skip-download", "--download-external-modules", "false"];

/** What checkov sees: no setting of a user, in a variable or in a file at home, may leave out a check. */
function childEnvironment({ HOME: home, ...env }: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(?:BC_|PRISMA_|CKV_|CHECKOV|LOG_LEVEL$)/.test(name));
  // Python looks for what was installed for one user below the home directory.
  const userBase = home === undefined ? {} : { PYTHONUSERBASE: join(home, ".local") };
  return { ...userBase, ...Object.fromEntries(kept), HOME: folder };
}
