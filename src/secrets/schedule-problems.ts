import type { RotationSchedule } from "./planned-secrets";
import { judgeSchedule } from "./schedule";

/** Says why a secret cannot have its schedule, or why its age alarm would fire on it; undefined where all is well. */
export function scheduleProblem(
  noun: string,
  { expression, duration }: RotationSchedule,
  maxAgeDays: number,
): string | undefined {
  const { allowed, reason, gaps } = judgeSchedule(expression, duration);
  if (!allowed || gaps === undefined) {
    return `The schedule of the secret ${noun} is ${expression} for ${duration}, which is refused: ${reason}. Allowed is a cron of Secrets Manager's that rotates at least a day after the window before, and at most 90 days later. Change it in the environment file.`;
  }
  const gapDays = Math.ceil(gaps.maxGapHours / 24);
  return maxAgeDays < gapDays + 1
    ? `maxAgeDays of the secret ${noun} is ${maxAgeDays} but its schedule ${expression} leaves up to ${gapDays} days. At least ${gapDays + 1} is needed, or the auditor rotates a day before the schedule does. Change it in the environment file.`
    : undefined;
}
