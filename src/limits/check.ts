import type { Estate } from "../terraform/estate";
import { type Durations, type FunctionLoad, functionLoad, sum } from "./function-load";
import { limitedFunctions, type QueueSource, queueSources } from "./limited-functions";
import { throttledRoutes } from "./throttled-routes";

/** What the JSON cannot say: how long functions take, and what the account allows. */
export interface Assumptions {
  /** By name of the function. */
  readonly durations: Readonly<Record<string, Durations>>;
  readonly lambdaConcurrency: number;
  /** Executions that Lambda refuses to reserve. */
  readonly unreservedConcurrencyFloor: number;
  readonly apiRequestsPerSecond: number;
}

export interface LimitsWarning {
  readonly functionName: string;
  /** Its concurrency is its owner's to decide. */
  readonly adopted: boolean;
  readonly sentence: string;
}

export interface LimitsReport {
  /** Contradictions: something would be refused, lost or starved. */
  readonly findings: readonly string[];
  /** What a full burst can throttle, or the JSON does not tell, by name of the function. */
  readonly warnings: readonly LimitsWarning[];
  readonly loads: readonly FunctionLoad[];
}

/** Asks whether concurrency, queues and the account carry what the throttles let in.
 *
 * Lambda throttling a function behind the API shows as a 500, and the sender of a webhook does not repeat what failed.
 * So a function that takes webhooks must carry all its full buckets at once, any other the steady rates. Throws
 * `UnreadableError` where the JSON cannot be judged.
 */
export function checkLimits(estate: Estate, assumptions: Assumptions): LimitsReport {
  const routes = throttledRoutes(estate);
  const sources = queueSources(estate);
  const loads = limitedFunctions(estate).map((fn) => functionLoad(fn, routes, assumptions.durations[fn.name]));
  return {
    loads,
    findings: [
      ...when(routes.length === 0, "There is no route in the JSON, so nothing was judged."),
      ...routes.flatMap(({ method, path, limit }) =>
        when(!limit, `${method} ${path} has no throttle of its own: one caller could use up the whole account's.`),
      ),
      ...loads.filter(({ adopted }) => !adopted).flatMap(functionFindings),
      ...loads.flatMap((load) => consumerFindings(load, sources)),
      ...sources.flatMap((source) => queueFindings(source, loads)),
      ...accountFindings(loads, sum(routes.map(({ limit }) => limit?.ratePerSecond ?? 0)), assumptions),
    ],
    warnings: loads.flatMap(({ name: functionName, ...load }) =>
      [
        ...when(
          load.adopted && load.reservedConcurrency === undefined,
          `what ${functionName} reserves is said by whoever deploys it, so it is in no sum`,
        ),
        ...when(
          !load.takesWebhooks && (load.reservedConcurrency ?? load.peakBound) < load.peakBound,
          `${functionName} reserves ${load.reservedConcurrency}, but full buckets can start ${load.peakBound} executions at once`,
        ),
      ].map((sentence) => ({ functionName, adopted: load.adopted, sentence })),
    ),
  };
}

const remedy = "Raise its reservedConcurrency, or lower the limits of its routes, in the environment file.";

function functionFindings(load: FunctionLoad): string[] {
  const { name, reservedConcurrency: reserved, steadyNeed, peakBound } = load;
  return [
    ...when(!load.hasDeadLetterQueue, `${name} has no dead-letter queue: an asynchronous call that fails is lost.`),
    ...when(
      reserved === undefined,
      `${name} reserves no concurrency: it can starve the others, and they can starve it.`,
    ),
    ...when(
      reserved !== undefined && reserved < steadyNeed,
      `${name} reserves ${reserved}, but the throttles let in a steady ${load.ratePerSecond} requests a second, which is ${steadyNeed} executions at once. ${remedy}`,
    ),
    ...when(
      reserved !== undefined && load.takesWebhooks && reserved < peakBound,
      `${name} reserves ${reserved}, but full buckets can start ${peakBound} executions at once, and a refused delivery does not come again. ${remedy}`,
    ),
  ];
}

function consumerFindings({ name, reservedConcurrency }: FunctionLoad, all: readonly QueueSource[]): string[] {
  const sources = all.filter(({ functionName }) => functionName === name);
  const unbounded = sources.filter(({ maximumConcurrency }) => maximumConcurrency === undefined);
  const wanted = sum(sources.map(({ maximumConcurrency = 0 }) => maximumConcurrency));
  return [
    ...unbounded.map(
      ({ queueName }) =>
        `${name} reads ${queueName} without a maximum concurrency: pollers do not know what it reserves.`,
    ),
    ...when(
      reservedConcurrency !== undefined && wanted > reservedConcurrency,
      `${name} reserves ${reservedConcurrency}, but its queues hand it ${wanted} messages at once: the others are thrown back until they fail.`,
    ),
  ];
}

/** AWS's advice for queues that feed a function (Lambda Developer Guide, "Using Lambda with Amazon SQS"). */
function queueFindings({ queueName, ...source }: QueueSource, loads: readonly FunctionLoad[]): string[] {
  const consumer = loads.find(({ name }) => name === source.functionName);
  const least = consumer && 6 * consumer.timeoutSeconds;
  return [
    ...when(!consumer, `${queueName} feeds ${source.functionName}, which is not in the JSON.`),
    ...when(
      least !== undefined && source.visibilitySeconds < least,
      `${queueName} hides a message for ${source.visibilitySeconds} s, but six timeouts of ${source.functionName} are ${least} s: it is handed out twice.`,
    ),
    ...when(
      source.maxReceiveCount === undefined,
      `${queueName} has no dead-letter queue: what cannot be done is lost.`,
    ),
    ...when(
      source.maxReceiveCount !== undefined && source.maxReceiveCount < 5,
      `${queueName} gives a message up after ${source.maxReceiveCount} receives, but one that Lambda throttles counts too: 5 is the least.`,
    ),
  ];
}

function accountFindings(loads: readonly FunctionLoad[], ratePerSecond: number, assumptions: Assumptions): string[] {
  const reserved = sum(loads.map(({ reservedConcurrency = 0 }) => reservedConcurrency));
  const reservable = assumptions.lambdaConcurrency - assumptions.unreservedConcurrencyFloor;
  return [
    ...when(
      reserved > reservable,
      `The functions reserve ${reserved}, but of the account's ${assumptions.lambdaConcurrency} executions ${reservable} can be reserved. Lower functions.*.reservedConcurrency, or ask AWS for more and set account.lambdaConcurrency.`,
    ),
    ...when(
      ratePerSecond > assumptions.apiRequestsPerSecond,
      `The throttles let in ${ratePerSecond} requests a second, but the account takes ${assumptions.apiRequestsPerSecond}. Lower limits.*, or ask AWS for more and set account.apiRequestsPerSecond.`,
    ),
  ];
}

const when = (broken: boolean, sentence: string) => (broken ? [sentence] : []);
