import type { Config } from "../config/schema";
import { type Estate, managedResources } from "../terraform/estate";
import { judgedPolicy } from "./policy-check";
import { securityRules } from "./security-rules";
import { exceptions } from "./suppressions/exceptions";

export interface JudgedEnvironment {
  readonly name: string;
  readonly config: Config;
  readonly synthesis: { readonly estate: Estate };
}

/** What the rules make of each environment, in figures. */
export function policyFigureRows(environments: readonly JudgedEnvironment[]): string[][] {
  const rows = environments.map(({ name, config, synthesis: { estate } }) => {
    const { judged, open, suppressed } = judgedPolicy(estate, config);
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
