import { tableText } from "../table-text";
import type { Equivalent } from "./equivalents";
import type { MutationResult } from "./judge";

export interface MutationReport {
  /** In the order of the rules. */
  readonly rules: readonly { readonly rule: string; readonly killed: number; readonly total: number }[];
  readonly survivors: readonly (MutationResult & { readonly reason?: string })[];
  /** Survivors that nobody has explained, and explanations of what does not survive. */
  readonly problems: readonly string[];
}

/** What the cases are worth, rule by rule. */
export function mutationReport(results: readonly MutationResult[], equivalents: readonly Equivalent[]): MutationReport {
  const isAbout = ({ rule, operator }: Equivalent, result: MutationResult) =>
    rule === result.rule && operator === result.operator;
  const survivors = results
    .filter(({ killedBy }) => killedBy === undefined)
    .map((result) => {
      const reason = equivalents.find((each) => isAbout(each, result))?.reason;
      return { ...result, ...(reason === undefined ? {} : { reason }) };
    });
  const stale = equivalents.filter((each) => !survivors.some((survivor) => isAbout(each, survivor)));
  return {
    rules: [...new Set(results.map(({ rule }) => rule))].map((rule) => {
      const own = results.filter((result) => result.rule === rule);
      return { rule, killed: own.filter(({ killedBy }) => killedBy !== undefined).length, total: own.length };
    }),
    survivors,
    problems: [
      ...survivors
        .filter(({ reason }) => reason === undefined)
        .map(({ rule, operator, path }) => `${rule}: ${operator} at ${path} changes no verdict. Add a case.`),
      ...stale.map(
        ({ rule, operator }) => `${rule}: ${operator} is said to be equivalent, but none survives. Take it out.`,
      ),
    ],
  };
}

/** A line a rule, and every survivor with the reason that is written down for it. */
export function mutationText({ rules, survivors }: MutationReport, caseCount: number): string {
  const rows = rules.map(({ rule, killed, total }) => [rule, `${killed}`, `${total}`]);
  const total = rules.reduce((sum, row) => sum + row.total, 0);
  return [
    tableText([["rule", "killed", "mutations"], ...rows]),
    ...survivors.map(
      ({ rule, operator, path, reason = "not explained" }) => `Survives: ${rule}, ${operator}, at ${path}\n  ${reason}`,
    ),
    `${total - survivors.length} of ${total} mutations are killed by ${caseCount} cases.`,
  ].join("\n\n");
}
