import type { Shape } from "./shape";

/** What two fields must not say together. */
export interface CrossFieldRule {
  /** The field to change. */
  readonly path: readonly string[];
  /** Dotted fields that the rule reads; it is skipped while one of them is itself wrong. */
  readonly needs: readonly string[];
  /** A sentence: what was given and what is allowed. */
  readonly problem: (config: Shape) => string | undefined;
}

export const when = (broken: boolean, sentence: string) => (broken ? sentence : undefined);
