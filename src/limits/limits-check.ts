import * as defaults from "../config/defaults";
import { createNames } from "../config/names";
import type { Config } from "../config/schema";
import type { Estate } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { checkLimits, type LimitsWarning } from "./check";
import type { FunctionLoad } from "./function-load";

/** Why a full burst may throttle these functions; the others must carry theirs. */
const acceptedBursts = {
  authorizer: "clients of the API repeat what is answered 429 or 500, and their tokens' answers are kept",
  "reviews-api": "clients of the API repeat what is answered 429 or 500",
} as const satisfies Partial<Record<keyof Config["functions"], string>>;

/** The verdict on an environment's limits, ready to be printed. */
export function limitsCheck(estate: Estate, config: Config) {
  const names = createNames(config);
  const nameOf = (noun: string) => names.name("lambda-function", noun);
  const reasons = new Map(Object.entries(acceptedBursts).map(([noun, reason]) => [nameOf(noun), reason]));
  const reasonFor = ({ functionName, adopted }: LimitsWarning) =>
    adopted ? "its owner decides" : reasons.get(functionName);
  try {
    const { findings, warnings, loads } = checkLimits(estate, {
      ...config.account,
      unreservedConcurrencyFloor: defaults.accountQuotas.unreservedConcurrencyFloor,
      durations: Object.fromEntries(Object.entries(config.functions).map(([noun, each]) => [nameOf(noun), each])),
    });
    return {
      looked: `${loads.length} functions against their throttles, queues and the account`,
      findings: [...findings, ...warnings.filter((warning) => reasonFor(warning) === undefined).map(unexplained)],
      accepted: warnings.flatMap((warning) => {
        const reason = reasonFor(warning);
        return reason === undefined ? [] : [`${warning.sentence}: ${reason}`];
      }),
      table: [tableHead, ...loads.map(tableRow)],
    };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { looked: "nothing, as the JSON cannot be read", findings: [error.message], accepted: [], table: [] };
  }
}

/** A warning that nobody has accepted is a finding. */
const unexplained = ({ sentence }: LimitsWarning) =>
  `${sentence}. Reserve more, or give the reason in src/limits/limits-check.ts.`;

const tableHead = ["function", "routes", "rate/s", "burst", "steady need", "peak bound", "reserved"];

function tableRow(load: FunctionLoad): string[] {
  const { name, routeCount, ratePerSecond, burst, steadyNeed, peakBound, reservedConcurrency = "none" } = load;
  return [name, ...[routeCount, ratePerSecond, burst, steadyNeed, peakBound, reservedConcurrency].map(String)];
}
