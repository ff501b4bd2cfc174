import { holder } from "../../../functions/rotate-secret/labels";
import { type Step, steps } from "../../../functions/rotate-secret/protocol";
import type { VirtualClock } from "./clock";
import type { SecretsManager } from "./secrets-manager";

/** Runs one step, as Secrets Manager calls the function; throws where the step fails. */
export type RunStep = (step: Step, token: string) => Promise<void>;

export interface DriverProps {
  readonly clock: VirtualClock;
  readonly secrets: SecretsManager;
  readonly runStep: RunStep;
  /** How often a failed rotation is started again; AWS says "multiple times". */
  readonly retries: number;
  /** Whether AWSPENDING stays on the version when the rotation has gone through; AWS documents both. */
  readonly leavePending: boolean;
}

const betweenStepsMs = 100;
const betweenAttemptsMs = 3_000;

/** Rotates as RotateSecret does: four steps, stopped at the first error, and all of them again. False: it is stuck. */
export async function driveRotation(props: DriverProps, token: string): Promise<boolean> {
  props.secrets.beginRotation(token);
  for (let attempt = 0; attempt <= props.retries; attempt += 1) {
    if (attempt > 0) await props.clock.advance(betweenAttemptsMs);
    if (await runSteps(props, token)) {
      props.secrets.endRotation(token, props.leavePending);
      return true;
    }
  }
  return false;
}

/** Drives on what is stuck, whatever token is offered: Secrets Manager takes up the version that is pending. */
export async function driveOn(props: DriverProps, newToken: string): Promise<boolean> {
  const { stages } = props.secrets.describe();
  const pending = holder(stages, "AWSPENDING");
  const isStuck = pending !== undefined && pending !== holder(stages, "AWSCURRENT");
  return driveRotation(props, isStuck ? pending : newToken);
}

async function runSteps({ clock, runStep }: DriverProps, token: string): Promise<boolean> {
  for (const step of steps) {
    try {
      await runStep(step, token);
    } catch {
      return false;
    }
    await clock.advance(betweenStepsMs);
  }
  return true;
}
