import { Dice } from "../../dice";
import { heldKeys } from "./held-keys";
import { kinds } from "./kinds";
import { countingKeys, isAuthentic, type Judged, receiverPromises } from "./promises";
import { absentKey, type Delivery, randomDelivery } from "./random-deliveries";
import { type Receiver, receiving } from "./receiving";
import { type Situation, situations } from "./situations";

export interface FuzzReport {
  /** Of every kind of delivery: how often it was answered with each status; 0 where the receiver threw. */
  readonly histogram: readonly { readonly kind: string; readonly statuses: ReadonlyMap<number, number> }[];
  /** Broken promises with the first delivery that broke each, and what was not put to the test. */
  readonly problems: readonly string[];
}

interface Options {
  readonly requests: number;
  readonly seed: number;
  /** Called now and then with the number of deliveries so far. */
  readonly onProgress?: (done: number) => void;
}

/** One situation lasts so many deliveries, each at most so long after the one before. */
const situationLength = 100;
const longestPauseMs = 8000;
const start = Date.UTC(2026, 0, 1);

/** Sends random deliveries to a receiver and looks for one that ends as it must not. The same seed sends the same. */
export async function fuzz(receive: Receiver, { requests, seed, onProgress }: Options): Promise<FuzzReport> {
  const tally = newTally();
  const dice = new Dice(seed);
  for (let done = 0, round = 0; done < requests; round += 1) {
    const situation = situations[round % situations.length];
    if (!situation) break;
    const length = Math.min(situationLength, requests - done);
    await meet(situation, { length, dice, receive, tally });
    done += length;
    if (done % 100_000 === 0) onProgress?.(done);
  }
  return tally.report(requests);
}

interface Meeting {
  readonly length: number;
  readonly dice: Dice;
  readonly receive: Receiver;
  readonly tally: Tally;
}

async function meet(situation: Situation, { length, dice, receive, tally }: Meeting): Promise<void> {
  let nowMs = start;
  const keys = { github: heldKeys(situation, start, dice), spacelift: heldKeys(situation, start, dice) };
  const deliver = receiving(receive, { situation, keys, beginMs: start, clock: () => nowMs, dice });
  for (let sent = 0; sent < length; sent += 1) {
    nowMs += dice.below(longestPauseMs);
    const delivery = randomDelivery(keys, dice);
    const held = keys[delivery.source];
    const authentic = isAuthentic(delivery, held, nowMs);
    const isDown = situation.failing !== undefined || countingKeys(held, nowMs).length === 0;
    tally.add(situation, delivery, { ...(await deliver(delivery)), authentic, isDown });
  }
}

interface Tally {
  add(situation: Situation, delivery: Delivery, judged: Judged): void;
  report(requests: number): FuzzReport;
}

function newTally(): Tally {
  const names = [...kinds.map(({ name }) => name), absentKey];
  const counted = new Map(names.map((name) => [name, new Map<number, number>()]));
  const broken = new Map<string, { count: number; first: string }>();
  return {
    add({ name }, { kind, source, event }, judged) {
      const [statuses, status] = [counted.get(kind), judged.answer?.statusCode ?? 0];
      statuses?.set(status, (statuses.get(status) ?? 0) + 1);
      for (const { promise } of receiverPromises.filter((each) => each.broken(judged))) {
        const first = () => JSON.stringify({ situation: name, kind, source, status, event }).slice(0, 2000);
        const known = broken.get(promise);
        broken.set(promise, { count: (known?.count ?? 0) + 1, first: known?.first ?? first() });
      }
    },
    report(requests) {
      const histogram = [...counted].map(([kind, statuses]) => ({ kind, statuses }));
      const idle = histogram.filter(({ statuses }) => statuses.size === 0);
      return {
        histogram,
        problems: [
          ...[...broken].map(([promise, { count, first }]) => `Broken ${count} times: ${promise}. First by ${first}.`),
          ...idle.map(({ kind }) => `None of ${requests} deliveries was of the kind "${kind}". Send more.`),
        ],
      };
    },
  };
}
