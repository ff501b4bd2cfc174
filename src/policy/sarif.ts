import { createHash } from "node:crypto";
import type { SecurityFinding } from "./judge";
import { securityRules } from "./security-rules";

/** The open weaknesses of one environment, and the file that describes it. */
export interface SarifRun {
  readonly environment: string;
  readonly file: string;
  readonly weaknesses: readonly SecurityFinding[];
}

/** SARIF 2.1.0 of open weaknesses, for code scanning.
 *
 * A result stands at the environment's file, for the JSON is not in the repository; where it is, in words, is its
 * logical location. What is suppressed is left out: GitHub would show it as open.
 */
export const sarif = (runs: readonly SarifRun[], version: string) => ({
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
  runs: [
    {
      tool: { driver: { name: "production-hardening", version, rules: securityRules.map(ruleOf) } },
      // Found again by its fingerprint, however the message is worded.
      results: runs.flatMap((run) => run.weaknesses.map((weakness) => resultOf(run, weakness))),
    },
  ],
});

const ruleOf = ({ id, demand, why, covers }: (typeof securityRules)[number]) => ({
  id,
  shortDescription: { text: demand },
  fullDescription: { text: why },
  help: { text: covers.length === 0 ? why : `${why} Asked for as well by ${covers.join(", ")}.` },
  defaultConfiguration: { level: "error" },
});

function resultOf({ environment, file }: SarifRun, { rule, stack, address, path, message, fix }: SecurityFinding) {
  const place = path ?? `${stack}/${address}`;
  return {
    ruleId: rule,
    ruleIndex: securityRules.findIndex(({ id }) => id === rule),
    level: "error",
    message: { text: `${place} (${address}) ${message} ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: `${environment}/${place}`, kind: "resource" }],
      },
    ],
    partialFingerprints: { "construct/v1": fingerprint([environment, rule, stack, address, message]) },
  };
}

const fingerprint = (parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
