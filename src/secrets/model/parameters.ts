import { block, text, valuesByKey } from "../../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { judgeSchedule } from "../schedule";

/** What the model takes from the synthesized JSON: how receivers read keys, and how rotations wait. */
export interface ModelParameters {
  readonly keyRefreshSeconds: number;
  readonly missCooldownSeconds: number;
  readonly previousGraceSeconds: number;
  readonly settleSeconds: number;
  readonly minIntervalSeconds: number;
}

/** When a secret rotates. */
export interface ScheduledRotation {
  readonly address: string;
  readonly expression: string;
  readonly duration?: string;
  readonly minGapHours: number;
  readonly maxGapHours: number;
}

/** The parameters of an environment, from the variables of its receiver and of its rotators.
 *
 * Where rotators differ, the shorter wait counts: the model shows what the hastiest of them does. Throws an
 * `UnreadableError` that names what is missing.
 */
export function modelParameters(estate: Estate): ModelParameters {
  const seconds = (service: string, variable: string): number => {
    const functions = managedResources(estate, "aws_lambda_function").filter(
      (fn) => variableOf(fn, "POWERTOOLS_SERVICE_NAME") === service,
    );
    const given = functions.map((fn) => secondsOf(fn, variable));
    if (given.length === 0)
      throw new UnreadableError(service, `no function has this service, so ${variable} is not known`);
    return Math.min(...given);
  };
  return {
    keyRefreshSeconds: seconds("webhook", "KEY_REFRESH_SECONDS"),
    missCooldownSeconds: seconds("webhook", "MISS_COOLDOWN_SECONDS"),
    previousGraceSeconds: seconds("webhook", "PREVIOUS_GRACE_SECONDS"),
    settleSeconds: seconds("rotate-secret", "SETTLE_SECONDS"),
    minIntervalSeconds: seconds("rotate-secret", "MIN_INTERVAL_SECONDS"),
  };
}

/** Every rotation's schedule; throws for one that is not allowed. */
export function scheduledRotations(estate: Estate): ScheduledRotation[] {
  return managedResources(estate, "aws_secretsmanager_secret_rotation").map((rotation) => {
    const { address } = rotation;
    const rules = block(rotation, "rotation_rules");
    const expression = rules && text(rules, "schedule_expression");
    if (!rules || expression === undefined) throw new UnreadableError(address, "it has no schedule_expression");
    const duration = text(rules, "duration");
    const { allowed, reason, gaps } = judgeSchedule(expression, duration);
    if (!allowed || !gaps) throw new UnreadableError(address, `its schedule ${expression} is not allowed: ${reason}`);
    return { address, expression, ...(duration !== undefined && { duration }), ...gaps };
  });
}

function variableOf(fn: Resource, name: string): string | undefined {
  const environment = block(fn, "environment");
  const found = environment && valuesByKey(environment, "variables").get(name);
  return found?.kind === "literal" && typeof found.value === "string" ? found.value : undefined;
}

function secondsOf(fn: Resource, variable: string): number {
  const given = variableOf(fn, variable);
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  throw new UnreadableError(`${fn.address}.environment.variables.${variable}`, `${given} is not a number of seconds`);
}
