import * as z from "zod/mini";
import { type Attempt, type Step, steps } from "./protocol";

/** What the function is asked to do: a step by Secrets Manager, the other two by the auditor. */
export type RotationEvent =
  | { readonly task: Step; readonly secretArn: string; readonly attempt: Attempt }
  | { readonly task: "repair"; readonly secretArn: string }
  /** `confirmed`: a delivery signed with the current value has come in. */
  | { readonly task: "adopt"; readonly secretArn: string; readonly confirmed: boolean };

export type Refusal = "unreadable" | "unknown-step" | "unknown-action" | "no-token" | "foreign-secret";

/** The event is none that this function carries out; nothing was read or written for it. */
export class EventRefused extends Error {
  override readonly name: string;

  constructor(refusal: Refusal) {
    super(`The event is refused: ${refusal}.`);
    // The name is what the log may show of an error.
    this.name = `EventRefused:${refusal}`;
  }
}

const Named = z.looseObject({ SecretId: z.string().check(z.minLength(1)) });
const StepName = z.object({ Step: z.enum(steps) });
const Tokens = z.object({
  // Length by the API reference of RotateSecret.
  ClientRequestToken: z.string().check(z.minLength(32), z.maxLength(64)),
  RotationToken: z.optional(z.string().check(z.minLength(1))),
});
const Action = z.union([
  z.object({ action: z.literal("repair") }),
  z.object({ action: z.literal("adopt"), confirmed: z.boolean() }),
]);

/** Reads an event; throws an `EventRefused`. Fields it does not know are ignored: Secrets Manager may add some. */
export function readEvent(event: unknown): RotationEvent {
  const { SecretId: secretArn, ...asked } = read(Named, event, "unreadable");
  if ("Step" in asked) {
    const { Step: step } = read(StepName, event, "unknown-step");
    const { ClientRequestToken: token, RotationToken: rotationToken } = read(Tokens, event, "no-token");
    return { task: step, secretArn, attempt: { token, ...(rotationToken !== undefined && { rotationToken }) } };
  }
  const task = read(Action, event, "unknown-action");
  if (task.action === "repair") return { task: "repair", secretArn };
  return { task: "adopt", secretArn, confirmed: task.confirmed };
}

function read<T>(schema: z.ZodMiniType<T>, event: unknown, refusal: Refusal): T {
  const { success, data } = schema.safeParse(event);
  if (!success) throw new EventRefused(refusal);
  return data;
}
