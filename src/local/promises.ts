/** One promise of the service and whether a run has seen it kept. */
export interface PromiseResult {
  readonly promise: string;
  /** What was seen instead; absent where the promise holds. */
  readonly problem?: string;
}

/** Tries one promise after the other, also where one is broken. */
export async function inTurn(
  promises: Readonly<Record<string, () => Promise<void>>>,
  signal: AbortSignal,
): Promise<PromiseResult[]> {
  const results: PromiseResult[] = [];
  for (const [promise, keep] of Object.entries(promises)) {
    signal.throwIfAborted();
    results.push(
      await keep().then(
        () => ({ promise }),
        (error: Error) => ({ promise, problem: error.message }),
      ),
    );
  }
  signal.throwIfAborted();
  return results;
}

export function expectStatus(expected: number, response: Response): void {
  expectEqual("status", expected, response.status);
}

export function expectEqual<T>(what: string, expected: T, seen: T): void {
  if (seen !== expected) throw new Error(`${what} ${seen} instead of ${expected}`);
}
