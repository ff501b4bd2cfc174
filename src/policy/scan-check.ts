import { managedResources } from "../terraform/estate";
import type { Synthesis } from "../terraform/read";
import { counted } from "./counted";
import { constructPaths, type PolicyFacts } from "./policy-check";
import { scanStacks } from "./scan/run";
import type { Scan } from "./scan/scan";
import { applySuppressions } from "./suppressions/apply";
import { suppressionsOf } from "./suppressions/exceptions";
import { suppressionFaults } from "./suppressions/problems";
import { suppressibleIds } from "./suppressions/suppressible-ids";

export interface ScanVerdict {
  readonly looked: string;
  readonly findings: readonly string[];
  readonly accepted: readonly string[];
}

/** Asks checkov, and Trivy where it is installed, what they think of an environment, and applies the same suppressions.
 *
 * A scanner that did not run has said nothing: checkov's absence is a finding, Trivy's stands in what was looked at.
 */
export async function scanCheck(
  { estate, stacks }: Synthesis,
  facts: PolicyFacts,
  env: NodeJS.ProcessEnv,
): Promise<ScanVerdict> {
  const scans = await scanStacks(stacks, env);
  return verdictOf(scans, { facts, paths: constructPaths(estate), resources: managedResources(estate).length });
}

interface Judged {
  readonly facts: PolicyFacts;
  readonly paths: readonly string[];
  readonly resources: number;
}

/** What scans come to, once known exceptions are taken out. */
export function verdictOf(scans: readonly Scan[], { facts, paths, resources }: Judged): ScanVerdict {
  const ran = scans.filter((scan) => scan.kind === "scanned");
  const found = ran.flatMap(({ tool, form, findings }) =>
    findings.map((finding) => ({ ...finding, by: `${tool} ${form}` })),
  );
  const prefixes = ran.map(({ tool }) => (tool === "checkov" ? "CKV" : "AWS-"));
  const rows = suppressionsOf(facts.config);
  const wasAsked = (id: string) => prefixes.some((prefix) => id.startsWith(prefix));
  const { open, suppressed, unused } = applySuppressions(found, rows, paths, wasAsked);
  const said = ran.map(({ tool, form, checks }) => `${tool} ${form}: ${counted(checks, "check")}`);
  return {
    looked: [
      counted(resources, "resource"),
      said.join(", ") || "no scanner ran",
      ...scans.flatMap((scan) => (isAbsentTrivy(scan) ? ["trivy is not installed, so it has said nothing"] : [])),
      `${counted(suppressed.length, "finding")} accepted`,
    ].join("; "),
    findings: [
      ...scans.flatMap(failure),
      ...open.map(
        ({ id, by, stack, address, path, message, fix }) =>
          `${id} (${by}): ${path ?? `${stack}/${address}`} (${address}) ${message}${fix === undefined ? "" : ` ${fix}`}`,
      ),
      ...suppressionFaults(rows, unused, { ...facts, paths, ids: suppressibleIds }),
    ],
    accepted: [...new Set(suppressed.map(({ by }) => by.kind))].map(
      (kind) => `${kind}: ${counted(suppressed.filter(({ by }) => by.kind === kind).length, "finding")}`,
    ),
  };
}

const isAbsentTrivy = (scan: Scan): boolean => scan.kind === "not installed" && scan.tool === "trivy";

function failure(scan: Scan): string[] {
  if (scan.kind === "failed") return [`${scan.tool} ${scan.form}: the scan failed: ${scan.reason}`];
  if (scan.kind === "scanned" || scan.tool === "trivy") return [];
  return ["checkov is not installed, so it has said nothing; install it with pipx install checkov==3.3.13."];
}
