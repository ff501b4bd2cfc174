/** One case of a vector file: what it expects and what the product says. */
export interface Judgement {
  readonly case: string;
  readonly expected: unknown;
  readonly actual: unknown;
}
