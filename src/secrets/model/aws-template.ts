import { holder } from "../../../functions/rotate-secret/labels";
import type { Step } from "../../../functions/rotate-secret/protocol";
import { envelopeText, secretValue } from "../../../functions/shared/envelope";
import { modelSecret } from "./model-secret";
import { registered } from "./two-labels";
import type { Protocol } from "./world";

/** Rotation as AWS's template does it (aws-samples/aws-secrets-manager-rotation-lambdas, generic template): the pending
 * version is the only record of a change that is under way, and nothing waits.
 */
export const awsTemplate: Protocol = {
  runStep: ({ secrets, calls, sender, newKey, readLagMs }) => {
    const secret = modelSecret(secrets, calls, readLagMs);
    const pending = async (token: string): Promise<string> => {
      const version = await secret.get(token);
      if (!version) throw new Error("There is no pending value.");
      return secretValue(version.secretString);
    };

    const stepCode: Readonly<Record<Step, (token: string, current: string | undefined) => Promise<void>>> = {
      async createSecret(token, current) {
        if (current === undefined || !(await secret.get(current))) throw new Error("There is no current value.");
        if (await secret.get(token)) return;
        await secret.put(token, envelopeText({ ...registered, value: newKey() }));
      },
      async setSecret(token) {
        const value = await pending(token);
        await calls.call(() => sender.setKey(value));
      },
      async testSecret(token) {
        const value = await pending(token);
        await calls.call(() => {
          if (sender.key() !== value) throw new Error("The sender does not use the pending value.");
        });
      },
      async finishSecret(token) {
        const { stages } = await secret.describe();
        const from = holder(stages, "AWSCURRENT");
        if (from === token) return;
        const outcome = await secret.move("AWSCURRENT", { to: token, ...(from !== undefined && { from }) });
        if (outcome === "lost") throw new Error("AWSCURRENT was moved by somebody else.");
      },
    };

    return async (step, token) => {
      const { rotationEnabled, stages } = await secret.describe();
      const labels = stages[token];
      if (!rotationEnabled || labels === undefined) throw new Error("The version cannot be rotated to.");
      if (labels.includes("AWSCURRENT")) return;
      if (!labels.includes("AWSPENDING")) throw new Error("The version is not pending.");
      await stepCode[step](token, holder(stages, "AWSCURRENT"));
    };
  },
};
