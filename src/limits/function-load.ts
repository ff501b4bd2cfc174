import type { LimitedFunction } from "./limited-functions";
import type { ThrottledRoute } from "./throttled-routes";
import { mostStarted } from "./token-bucket";

/** How long one call of a function takes. */
export interface Durations {
  readonly meanSeconds: number;
  /** All but the slowest call in a hundred. */
  readonly p99Seconds: number;
}

/** A function's limits, and what the throttles let through to it. */
export interface FunctionLoad extends LimitedFunction {
  readonly routeCount: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Executions at once under the steady rates. */
  readonly steadyNeed: number;
  /** The most executions at once: every bucket full, every call slow. */
  readonly peakBound: number;
  /** Its callers do not repeat what was refused. */
  readonly takesWebhooks: boolean;
}

/** Puts the routes that call a function, or ask it for leave, against its concurrency.
 *
 * API Gateway keeps an authorizer's answers, but many callers have many tokens, so every protected call counts. A
 * function whose durations nobody knows is taken to use its timeout.
 */
export function functionLoad(
  fn: LimitedFunction,
  routes: readonly ThrottledRoute[],
  durations: Durations | undefined,
): FunctionLoad {
  const calling = routes.filter(({ functionName, authorizerName }) => [functionName, authorizerName].includes(fn.name));
  const limits = calling.flatMap(({ limit }) => limit ?? []);
  const { meanSeconds, p99Seconds } = durations ?? { meanSeconds: fn.timeoutSeconds, p99Seconds: fn.timeoutSeconds };
  return {
    ...fn,
    routeCount: calling.length,
    ratePerSecond: sum(limits.map(({ ratePerSecond }) => ratePerSecond)),
    burst: sum(limits.map(({ burst }) => burst)),
    steadyNeed: executions(sum(limits.map(({ ratePerSecond }) => ratePerSecond * meanSeconds))),
    peakBound: executions(sum(limits.map((limit) => mostStarted(limit, p99Seconds)))),
    takesWebhooks: calling.some(({ path }) => path.startsWith("/webhooks/")),
  };
}

/** Whole executions; a sum of decimal fractions may lie a hair above the number it stands for. */
const executions = (count: number) => Math.ceil(Number(count.toFixed(6)));

export const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
