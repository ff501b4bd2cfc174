import { covers, type KnownSuppression } from "./suppression";

/** What a finding must say to be suppressed; findings of rules and of scanners do. */
export interface Suppressible {
  readonly id: string;
  readonly path?: string;
}

export interface Applied<F extends Suppressible> {
  readonly open: readonly F[];
  readonly suppressed: readonly { readonly finding: F; readonly by: KnownSuppression }[];
  /** Hid nothing, though its construct is there and its id was looked for. */
  readonly unused: readonly KnownSuppression[];
}

/** Parts findings into open and suppressed ones. A finding without a path cannot be suppressed.
 *
 * `paths` are those of every construct, `wasJudged` tells ids that were looked for: a scanner that did not run leaves
 * the rows that are meant for it unjudged.
 */
export function applySuppressions<F extends Suppressible>(
  findings: readonly F[],
  rows: readonly KnownSuppression[],
  paths: readonly string[],
  wasJudged: (id: string) => boolean,
): Applied<F> {
  const by = ({ id, path }: F) => rows.find((row) => row.id === id && path !== undefined && covers(row, path));
  const suppressed = findings.flatMap((finding) => {
    const row = by(finding);
    return row ? [{ finding, by: row }] : [];
  });
  const used = new Set(suppressed.map((one) => one.by));
  return {
    open: findings.filter((finding) => by(finding) === undefined),
    suppressed,
    unused: rows.filter((row) => !used.has(row) && wasJudged(row.id) && paths.some((path) => covers(row, path))),
  };
}
