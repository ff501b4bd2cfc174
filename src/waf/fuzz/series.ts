import { Dice } from "../../dice";
import { routes } from "../../limits/routes";
import { type Fixed, type FuzzTarget, type RandomRequest, RandomRequests } from "./random-requests";
import { senders } from "./senders";

export interface SentRequest extends RandomRequest {
  /** On one clock for the whole series, in seconds. */
  readonly now: number;
}

interface Episode {
  readonly length: number;
  readonly stepSeconds: number;
  readonly fixed: (dice: Dice) => () => Fixed;
}

const reads = routes.filter(({ method }) => method === "GET");
const writes = routes.filter(({ method, protection }) => method !== "GET" && protection === "authorizer");
const deliveries = routes.filter(({ protection }) => protection === "signature");
const protectedRoutes = routes.filter(({ protection }) => protection === "authorizer");

/** An endless series of requests: traffic of many senders, and between it one sender who asks too often. */
export function* randomSeries(target: FuzzTarget, seed: number): Generator<SentRequest, never> {
  const dice = new Dice(seed);
  const requests = new RandomRequests(dice, target);
  const floods = floodsOf(target);
  // Half of all requests, so that the floods do not drown what has no sender over a limit.
  const mixed = mixedTraffic(target, Math.ceil(floods.reduce((sum, { length }) => sum + length, 0) / floods.length));
  let now = 0;
  for (;;) {
    for (const flood of floods) {
      for (const { length, stepSeconds, fixed } of [mixed, flood]) {
        const next = fixed(dice);
        for (let sent = 0; sent < length; sent += 1) {
          now += 2 * stepSeconds * dice.fraction();
          yield { ...requests.next(next()), now };
        }
      }
      now += dice.below(600);
    }
  }
}

/** Slow enough that its senders stay under the limits. */
function mixedTraffic(target: FuzzTarget, length: number): Episode {
  const { limit, windowSeconds } = rate(target, "rate-ip-writes");
  const stepSeconds = windowSeconds / (limit * senders.others.length * 0.1);
  return { length, stepSeconds, fixed: () => () => ({}) };
}

/** For each rate one that goes over it and over none that is asked before; the short ones come first. */
function floodsOf(target: FuzzTarget): readonly [Episode, ...Episode[]] {
  const over = (rule: string, fixed: Episode["fixed"]): Episode => {
    const { limit, windowSeconds } = rate(target, rule);
    const length = Math.ceil(limit * 1.05) + 1;
    // Twice as fast as it takes to be over the limit in the window.
    return { length, stepSeconds: windowSeconds / length / 2, fixed };
  };
  return [
    over("rate-ip-writes", (dice) => {
      const sourceIp = dice.pick(senders.others);
      return () => ({ sourceIp, routes: writes, sound: true });
    }),
    over("rate-ip-global", (dice) => {
      const sourceIp = dice.pick(senders.others);
      return () => ({ sourceIp, routes: reads, sound: true });
    }),
    over("rate-api-token", (dice) => {
      const token = `Bearer ${dice.text(8, "0123456789abcdef")}.flood.flood`;
      return () => ({ token, routes: protectedRoutes, sound: true });
    }),
    over("rate-webhooks", (dice) => {
      const sourceIp = dice.pick(senders.github);
      return () => ({ sourceIp, routes: deliveries, sound: true });
    }),
  ];
}

function rate({ acl }: FuzzTarget, name: string) {
  const rule = acl.rules.find((each) => each.name === name);
  if (rule?.kind !== "rate") throw new Error(`${acl.name} has no rate ${name}; the floods are made for it.`);
  return rule.match;
}
