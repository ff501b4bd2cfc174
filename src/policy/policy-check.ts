import type { Config } from "../config/schema";
import { type Estate, managedResources } from "../terraform/estate";
import { counted } from "./counted";
import { type RuleVerdict, type SecurityFinding, verdictsOf } from "./judge";
import { securityRules } from "./security-rules";
import { applySuppressions } from "./suppressions/apply";
import { suppressionsOf } from "./suppressions/exceptions";
import { daysUntil, suppressionFaults } from "./suppressions/problems";
import { suppressibleIds } from "./suppressions/suppressible-ids";
import type { KnownSuppression } from "./suppressions/suppression";

export interface PolicyFacts {
  readonly config: Config;
  /** Where the environment is written. */
  readonly file: string;
  /** Such as 2026-11-24, in UTC. */
  readonly today: string;
}

/** A weakness that a suppression hides. */
export interface SuppressedFinding {
  readonly finding: SecurityFinding;
  readonly by: KnownSuppression;
}

export interface PolicyVerdict {
  readonly looked: string;
  /** Open weaknesses, and what is wrong with suppressions. */
  readonly findings: readonly string[];
  readonly accepted: readonly string[];
  readonly table: readonly (readonly string[])[];
  readonly weaknesses: readonly SecurityFinding[];
  readonly suppressed: readonly SuppressedFinding[];
}

const warningDays = 30;

/** Judges an estate by every rule, and what is found by the environment's suppressions. */
export function policyCheck(estate: Estate, facts: PolicyFacts): PolicyVerdict {
  const { verdicts, judged, open, suppressed, unused } = judgedPolicy(estate, facts.config);
  const paths = constructPaths(estate);
  return {
    looked: `${securityRules.length} rules over ${managedResources(estate).length} resources, ${judged} judgements; ${counted(suppressed.length, "finding")} accepted`,
    findings: [
      ...open.map(
        ({ rule, stack, address, path, message, fix }) =>
          `${rule}: ${path ?? `${stack}/${address}`} (${address}) ${message} ${reasonOf(rule)} ${fix}`,
      ),
      ...suppressionFaults(suppressionsOf(facts.config), unused, { ...facts, paths, ids: suppressibleIds }),
    ],
    accepted: acceptedLines(suppressed, facts.today),
    table: tableOf(verdicts, suppressed, facts.today),
    weaknesses: open.map(({ id: _id, ...finding }) => finding),
    suppressed,
  };
}

/** What every rule says of an estate, and which of it the environment accepts. */
export function judgedPolicy(estate: Estate, config: Config) {
  const verdicts = verdictsOf(securityRules, estate, "estate");
  const found = verdicts.flatMap(({ findings }) => findings).map((finding) => ({ ...finding, id: finding.rule }));
  const ruleIds = new Set(securityRules.map(({ id }) => id));
  const applied = applySuppressions(found, suppressionsOf(config), constructPaths(estate), (id) => ruleIds.has(id));
  return { ...applied, verdicts, judged: verdicts.reduce((sum, verdict) => sum + verdict.judged, 0) };
}

export const constructPaths = (estate: Estate): string[] =>
  managedResources(estate).flatMap(({ constructPath }) => (constructPath === undefined ? [] : [constructPath]));

const reasonOf = (id: string): string => securityRules.find((rule) => rule.id === id)?.why ?? "";

/** How many findings of each kind are accepted, and until when. */
function acceptedLines(suppressed: readonly SuppressedFinding[], today: string): string[] {
  const kinds = [...new Set(suppressed.map(({ by }) => by.kind))];
  return kinds.map((kind) => {
    const ofKind = suppressed.filter(({ by }) => by.kind === kind);
    const rules = [...new Set(ofKind.map(({ by }) => by.id))].join(", ");
    const left = Math.min(...ofKind.map(({ by }) => daysUntil(by.expires, today)));
    const warning = left <= warningDays ? ": look at it anew before it fails" : "";
    return `${kind}: ${counted(ofKind.length, "finding")} of ${rules}; ${counted(left, "day")} left${warning}`;
  });
}

/** A row a rule, then a row for each place where something is accepted. */
function tableOf(
  verdicts: readonly RuleVerdict[],
  suppressed: readonly SuppressedFinding[],
  today: string,
): string[][] {
  const rows = verdicts.flatMap(({ rule, judged, findings }) => {
    const hidden = suppressed.filter(({ finding }) => finding.rule === rule.id);
    const open = findings.length - hidden.length;
    const places = [...new Map(hidden.map(({ finding, by }) => [finding.path ?? finding.address, by]))];
    return [
      [rule.id, rule.demand, String(judged), open === 0 ? "kept" : counted(open, "finding"), `${hidden.length || ""}`],
      ...places.map(([path, by]) => [
        "",
        path,
        "",
        "accepted",
        `${by.reason} ${by.owner}, ${counted(daysUntil(by.expires, today), "day")} left`,
      ]),
    ];
  });
  return [["Rule", "Demand", "Judged", "Verdict", "Accepted"], ...rows];
}
