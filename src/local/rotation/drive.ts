import { steps } from "../../../functions/rotate-secret/protocol";
import { loopbackUrl, ports } from "../ports";
import { PENDING_PATH } from "../stand-ins/secrets-manager";
import { invoke } from "./invoke";

export interface RotationToDrive {
  readonly secretArn: string;
  /** Of the rotation function. */
  readonly functionName: string;
  /** The version that is to become current. */
  readonly token: string;
  /** Told before each step. */
  readonly before: (step: (typeof steps)[number]) => Promise<void>;
}

/** Rotates a secret by its deployed function, as Secrets Manager does: four events, one after the other, one token.
 *
 * The emulator's RotateSecret never calls the function. A step that fails is not repeated here, though Secrets Manager
 * repeats it: on a machine where nothing fails, none may.
 */
export async function drive({ secretArn, functionName, token, before }: RotationToDrive): Promise<void> {
  await fetch(`${loopbackUrl(ports.secretsManager)}${PENDING_PATH}`, {
    method: "POST",
    body: JSON.stringify({ secretArn, token }),
  });
  for (const step of steps) {
    await before(step);
    await invoke(functionName, { Step: step, SecretId: secretArn, ClientRequestToken: token });
  }
}
