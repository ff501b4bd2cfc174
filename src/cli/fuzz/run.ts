/** Runs one fuzz and prints its histogram. */
export type FuzzRun = (options: { readonly requests: number; readonly seed: number }) => Promise<FuzzResult>;

export interface FuzzResult {
  readonly problems: readonly string[];
  /** What to say where there are none. */
  readonly passed: string;
}

/** Figure with separators, such as 1,000,000. */
export const count = (value: number): string => value.toLocaleString("en-US");
