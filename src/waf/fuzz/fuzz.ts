import { evaluate } from "../evaluate";
import { computedHits } from "../managed-facts";
import { RateWindows } from "../rate-window";
import { fuzzPromises } from "./promises";
import type { FuzzTarget } from "./random-requests";
import { randomSeries, type SentRequest } from "./series";

export interface FuzzReport {
  readonly requests: number;
  /** Of every rule of the ACL, in order: requests it ended, and requests it counted. */
  readonly histogram: readonly { readonly rule: string; readonly decided: number; readonly counted: number }[];
  /** Requests that no rule ended. */
  readonly passed: number;
  /** Requests that came to `reblock-body-signatures` with a label of a body rule. */
  readonly reachedLast: number;
  /** Broken promises with the first request that broke each, errors, and what was not put to the test. */
  readonly problems: readonly string[];
}

interface Options {
  readonly requests: number;
  readonly seed: number;
  /** Called now and then with the number of requests so far. */
  readonly onProgress?: (done: number) => void;
}

const lastRule = "reblock-body-signatures";
const leastShare = 0.1;

/** Sends random requests to a firewall and looks for one that ends as it must not. The same seed sends the same. */
export function fuzz(target: FuzzTarget, { requests, seed, onProgress }: Options): FuzzReport {
  const tally = new Tally(target);
  const rates = new RateWindows();
  let done = 0;
  for (const sent of randomSeries(target, seed)) {
    if (done === requests) break;
    tally.add(sent, rates);
    done += 1;
    if (done % 100_000 === 0) onProgress?.(done);
  }
  return tally.report(requests);
}

class Tally {
  private readonly decided = new Map<string, number>();
  private readonly counted = new Map<string, number>();
  private readonly broken = new Map<string, { count: number; first: SentRequest }>();
  private readonly promises;
  private passed = 0;
  private reachedLast = 0;

  constructor(private readonly target: FuzzTarget) {
    this.promises = fuzzPromises(target);
  }

  add(sent: SentRequest, rates: RateWindows): void {
    const decision = this.decide(sent, rates);
    if (!decision) return;
    const { rule, counted, labels, asked } = decision;
    if (rule === null) this.passed += 1;
    else increase(this.decided, rule);
    for (const name of new Set(counted.map((each) => each.split("/")[0] ?? each))) increase(this.counted, name);
    const labelled = labels.some((label) => label.endsWith("_Body"));
    if (labelled && asked.some((each) => each.rule.name === lastRule)) this.reachedLast += 1;
    for (const { promise, broken } of this.promises) if (broken(sent, decision)) this.breach(promise, sent);
  }

  private decide(sent: SentRequest, rates: RateWindows) {
    const { acl } = this.target;
    const { request, signatureHits, now } = sent;
    try {
      return evaluate(acl, request, { managedHits: [...signatureHits, ...computedHits(acl, request)], now, rates });
    } catch (error) {
      this.breach(`every request is decided (${(error as Error).message})`, sent);
      return undefined;
    }
  }

  private breach(promise: string, first: SentRequest): void {
    const known = this.broken.get(promise);
    this.broken.set(promise, { count: (known?.count ?? 0) + 1, first: known?.first ?? first });
  }

  report(requests: number): FuzzReport {
    const histogram = this.target.acl.rules.map(({ name }) => ({
      rule: name,
      decided: this.decided.get(name) ?? 0,
      counted: this.counted.get(name) ?? 0,
    }));
    const breaches = [...this.broken].map(
      ([promise, { count, first }]) => `Broken ${count} times: ${promise}. First by ${JSON.stringify(first)}.`,
    );
    const idle = histogram.filter(({ decided, counted }) => decided + counted === 0).map(({ rule }) => rule);
    return {
      ...{ requests, histogram, passed: this.passed, reachedLast: this.reachedLast },
      problems: [
        ...breaches,
        ...idle.map((rule) => `${rule} has decided and counted nothing in ${requests} requests. Send more.`),
        ...(this.reachedLast < leastShare * requests
          ? [`Only ${this.reachedLast} of ${requests} requests came to ${lastRule} with a label; wanted are 10 %.`]
          : []),
      ],
    };
  }
}

const increase = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
