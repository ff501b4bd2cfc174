import { z } from "zod";
import type { FailedCheck } from "./join";

/** What trivy found out, or why nothing can be told from what it printed. */
export type TrivyReport =
  | { readonly kind: "read"; readonly checks: number; readonly failed: readonly Omit<FailedCheck, "lines">[] }
  | { readonly kind: "unusable"; readonly reason: string };

const Report = z.looseObject({
  Results: z.array(
    z.looseObject({
      Misconfigurations: z
        .array(
          z.looseObject({
            ID: z.string(),
            Title: z.string(),
            Resolution: z.string().optional(),
            Status: z.string(),
            CauseMetadata: z.looseObject({ Resource: z.string().optional() }),
          }),
        )
        .default([]),
    }),
  ),
});

/** Reads what `trivy config --format json --include-non-failures` printed, and what it logged.
 *
 * A file that it cannot parse is exit code 0 with some fifty successes: only the log tells.
 */
export function readTrivy(text: string, log: string): TrivyReport {
  const error = log.split("\n").find((line) => /\b(?:ERROR|FATAL)\b/.test(line));
  if (error !== undefined) return { kind: "unusable", reason: `it logged: ${error.trim()}` };
  const report = Report.safeParse(parsed(text));
  if (!report.success) {
    return { kind: "unusable", reason: `its report has no list of results (${z.prettifyError(report.error)})` };
  }
  const all = report.data.Results.flatMap(({ Misconfigurations }) => Misconfigurations);
  if (all.length === 0) return { kind: "unusable", reason: "it ran no check" };
  const failed = all.filter(({ Status }) => Status !== "PASS");
  return {
    kind: "read",
    checks: new Set(all.map(({ ID }) => ID)).size,
    failed: failed.map(({ ID, Title, Resolution, CauseMetadata }) => ({
      // Older versions put the name of their database in front.
      id: ID.replace(/^AVD-/, ""),
      message: Title,
      ...(Resolution ? { fix: Resolution } : {}),
      resource: CauseMetadata.Resource ?? "",
    })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
