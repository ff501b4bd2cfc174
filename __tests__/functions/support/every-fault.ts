import { type FakeFetch, type FetchFault, fetchFaults } from "./fake-fetch";

interface Run {
  readonly http: FakeFetch;
  readonly act: () => Promise<unknown>;
  /** What the other side is set to, as far as it matters. */
  readonly state: () => unknown;
}

/** Does a thing on a fresh other side with each fault at each of its calls, then once more without.
 *
 * Gives the runs that did not fail at the fault, or that ended elsewhere than the run without one; none is the promise.
 */
export async function brokenRuns(fresh: () => Run): Promise<readonly string[]> {
  const clean = fresh();
  await clean.act();
  const expected = JSON.stringify(clean.state());
  const calls = clean.http.requests.length;
  const broken: string[] = [];
  for (const at of Array.from({ length: calls }, (_, index) => index)) {
    for (const fault of fetchFaults) {
      const run = fresh();
      run.http.fault = (_request, index): FetchFault | undefined => (index === at ? fault : undefined);
      const failed = await run.act().then(
        () => false,
        () => true,
      );
      run.http.fault = () => undefined;
      await run.act();
      if (!failed || JSON.stringify(run.state()) !== expected) broken.push(`${fault} at call ${at}`);
    }
  }
  return broken;
}
