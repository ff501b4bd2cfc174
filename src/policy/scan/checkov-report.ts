import { z } from "zod";
import type { FailedCheck } from "./join";

/** What checkov found out, or why nothing can be told from what it printed. */
export type CheckovReport =
  | { readonly kind: "read"; readonly checks: number; readonly failed: readonly CheckovFailure[] }
  | { readonly kind: "unusable"; readonly reason: string };

export interface CheckovFailure extends FailedCheck {
  /** Where checkov knows it, which it does of a plan. */
  readonly address?: string;
}

const Check = z.looseObject({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
  resource_address: z.string().nullish(),
  file_line_range: z.tuple([z.number(), z.number()]),
});

const Report = z.looseObject({
  results: z.looseObject({
    passed_checks: z.array(Check),
    failed_checks: z.array(Check),
    skipped_checks: z.array(Check).default([]),
    parsing_errors: z.array(z.string()).default([]),
  }),
});

/** An environment makes checkov run some 130 different checks. Under the wrong framework it runs none and exits 0. */
const leastChecks = 100;

/** Reads what `checkov -o json` printed for one framework, passed checks included.
 *
 * A check that was skipped counts as failed: what may stay is said by suppressions, not by comments.
 */
export function readCheckov(text: string): CheckovReport {
  const json = parsed(text);
  if (json === undefined) return unusable("what it printed is not JSON");
  const report = Report.safeParse(json);
  if (!report.success) return unusable(`its report has no list of checks (${z.prettifyError(report.error)})`);
  const { passed_checks, failed_checks, skipped_checks, parsing_errors } = report.data.results;
  if (parsing_errors.length > 0) return unusable(`it could not parse ${parsing_errors.join(", ")}`);
  const all = [...passed_checks, ...failed_checks, ...skipped_checks];
  const checks = new Set(all.map(({ check_id }) => check_id)).size;
  if (checks < leastChecks) return unusable(`it ran ${checks} different checks; at least ${leastChecks} are expected`);
  return { kind: "read", checks, failed: [...failed_checks, ...skipped_checks].map(failure) };
}

const unusable = (reason: string): CheckovReport => ({ kind: "unusable", reason });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(check: z.infer<typeof Check>): CheckovFailure {
  return {
    id: check.check_id,
    message: check.check_name,
    resource: check.resource,
    lines: check.file_line_range,
    ...(check.resource_address ? { address: check.resource_address } : {}),
  };
}
