export type Outcome<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly error: Error }
  | { readonly kind: "skipped"; readonly waitedFor: readonly string[] };

/** Runs a step per stack as soon as those it depends on are done; stacks without a bond run side by side.
 *
 * What depends on a failed stack is skipped and says so; the others still run, so that one failure shows its neighbours'.
 */
export async function inDependencyOrder<T>(
  dependencies: ReadonlyMap<string, readonly string[]>,
  step: (stack: string) => Promise<T>,
): Promise<Map<string, Outcome<T>>> {
  const started = new Map<string, Promise<Outcome<T>>>();

  const outcome = (stack: string, path: readonly string[]): Promise<Outcome<T>> => {
    if (path.includes(stack))
      throw new Error(`Stacks depend on each other in a circle: ${[...path, stack].join(", ")}.`);
    const running = started.get(stack);
    if (running) return running;
    const upstream = (dependencies.get(stack) ?? []).map((name) => [name, outcome(name, [...path, stack])] as const);
    const own = after(upstream);
    started.set(stack, own);
    return own;

    async function after(earlier: readonly (readonly [string, Promise<Outcome<T>>])[]): Promise<Outcome<T>> {
      const outcomes = await Promise.all(earlier.map(async ([name, promise]) => [name, await promise] as const));
      const waitedFor = outcomes.filter(([, { kind }]) => kind !== "done").map(([name]) => name);
      if (waitedFor.length > 0) return { kind: "skipped", waitedFor };
      try {
        return { kind: "done", value: await step(stack) };
      } catch (error) {
        return { kind: "failed", error: error instanceof Error ? error : new Error(String(error)) };
      }
    }
  };

  const names = [...dependencies.keys()];
  const outcomes = await Promise.all(names.map((name) => outcome(name, [])));
  return new Map(names.map((name, index) => [name, outcomes[index] as Outcome<T>]));
}
