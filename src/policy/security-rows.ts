import type { Config } from "../config/schema";
import { type Estate, managedResources } from "../terraform/estate";
import { verdictsOf } from "./judge";
import { constructPaths } from "./policy-check";
import { securityRules } from "./security-rules";
import { applySuppressions } from "./suppressions/apply";
import { exceptions, suppressionsOf } from "./suppressions/exceptions";

export interface JudgedEnvironment {
  readonly name: string;
  readonly config: Config;
  readonly synthesis: { readonly estate: Estate };
}

/** What the rules make of each environment, in figures. */
export function policyFigureRows(environments: readonly JudgedEnvironment[]): string[][] {
  const rows = environments.map(({ name, config, synthesis: { estate } }) => {
    const verdicts = verdictsOf(securityRules, estate, "estate");
    const found = verdicts.flatMap(({ findings }) => findings).map((finding) => ({ ...finding, id: finding.rule }));
    const { open, suppressed } = applySuppressions(found, suppressionsOf(config), constructPaths(estate), () => true);
    const judged = verdicts.reduce((sum, verdict) => sum + verdict.judged, 0);
    const counts = [securityRules.length, managedResources(estate).length, judged, open.length, suppressed.length];
    return [name, ...counts.map((count) => count.toLocaleString("en"))];
  });
  return [["Environment", "Rules", "Resources", "Judged", "Findings", "Accepted"], ...rows];
}

/** What the platform itself does not do, kind by kind. */
export const exceptionRows = (): string[][] => [
  ["Kind", "Rules and public checks", "Where", "Why"],
  ...exceptions.flatMap(({ kind, ids, places }) =>
    Object.entries(places).map(([path, reason]) => [kind, ids.join(", "), `\`${path}\``, reason]),
  ),
];
