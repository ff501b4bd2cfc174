import { isDeepStrictEqual } from "node:util";

/** Attributes that the emulator answers differently from what was written, so that a second plan shows them. */
export interface KnownDrift {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

/** The part of `terraform show -json` of a plan that is read here. */
export interface SecondPlan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

interface Change {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: Change;
}

export interface DriftRow {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly attributes: readonly string[];
}

export interface DriftReport {
  readonly listed: readonly DriftRow[];
  /** Changes that no row explains; each fails the run. */
  readonly unlisted: readonly DriftRow[];
  /** `type.attribute` of rows that did not drift; each fails the run, for such a row would hide the next real change. */
  readonly stale: readonly string[];
}

/** Compares the second plans, by stack, with the list of known drift. */
export function compareDrift(plans: ReadonlyMap<string, SecondPlan>, known: readonly KnownDrift[]): DriftReport {
  const rows = [...plans].flatMap(([stack, plan]) => changesOf(stack, plan));
  const keys = (row: { type: string; attributes: readonly string[] }) =>
    row.attributes.map((name) => `${row.type}.${name}`);
  const allowed = new Set(known.flatMap(keys));
  const seen = new Set(rows.flatMap(keys));
  const isListed = (row: DriftRow): boolean => keys(row).every((key) => allowed.has(key));
  return {
    listed: rows.filter(isListed),
    unlisted: rows.filter((row) => !isListed(row)),
    stale: [...allowed].filter((key) => !seen.has(key)),
  };
}

/** Lists what a plan would change. Re-reading a data source changes nothing. */
function changesOf(stack: string, { resource_changes = [], output_changes = {} }: SecondPlan): DriftRow[] {
  const resources = resource_changes
    .filter(({ mode, change }) => mode === "managed" && !isIdle(change))
    .map(({ address, type, change }) => ({ stack, address, type, attributes: changedAttributes(change) }));
  const outputs = Object.entries(output_changes)
    .filter(([, change]) => !isIdle(change))
    .map(([name]) => ({ stack, address: `output.${name}`, type: "output", attributes: [name] }));
  return [...resources, ...outputs];
}

const isIdle = ({ actions }: Change): boolean => actions.every((action) => action === "no-op");

/** Creation, deletion and forgetting have no attribute that could excuse them: they stand under their own name. */
function changedAttributes({ actions, before, after, after_unknown, replace_paths }: Change): string[] {
  if (actions.length > 1) return [...new Set((replace_paths ?? [["(replace)"]]).map(([name]) => String(name)))];
  if (actions[0] !== "update") return [`(${actions[0]})`];
  const old = (before ?? {}) as Record<string, unknown>;
  const planned = (after ?? {}) as Record<string, unknown>;
  const unknown = (after_unknown ?? {}) as Record<string, unknown>;
  const names = [...new Set([...Object.keys(old), ...Object.keys(planned), ...Object.keys(unknown)])];
  return names.filter((name) => hasUnknown(unknown[name]) || !isDeepStrictEqual(old[name], planned[name])).sort();
}

/** `after_unknown` mirrors the value with `true` where Terraform cannot know it yet. */
function hasUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  return Object.values(value).some(hasUnknown);
}
