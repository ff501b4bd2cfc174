const [rounds, callsInRound] = [100, 100];

/** Microseconds of one call in each round, for tasks that take turns; the first quarter of the rounds only warms up.
 *
 * The order is turned about each round, because whoever comes later may pay for the garbage of those before.
 */
export async function takingTurns<N extends string>(
  tasks: Readonly<Record<N, () => Promise<unknown>>>,
): Promise<Readonly<Record<N, readonly number[]>>> {
  const names = Object.keys(tasks) as N[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const begun = process.hrtime.bigint();
      for (let done = 0; done < callsInRound; done += 1) await tasks[name]();
      if (round >= rounds / 4) times[name].push(Number(process.hrtime.bigint() - begun) / 1e3 / callsInRound);
    }
  }
  return times;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
