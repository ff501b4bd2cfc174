import { isDeepStrictEqual } from "node:util";
import type { NamedWebhook, Spacelift } from "../../shared/spacelift";
import { requireTime } from "../pace";
import type { Pacing, RotationStrategy } from "../ports";
import { newHookSecret } from "./hook-secret";
import type { RandomBytes } from "./random-text";
import { SenderError } from "./sender-error";

export interface SpaceliftNamedWebhookProps {
  readonly spacelift: Spacelift;
  readonly webhookId: string;
  readonly pacing: Pacing;
  readonly randomBytes: RandomBytes;
}

const maxRounds = 3;

/** Secret of a Spacelift named webhook.
 *
 * Spacelift takes the object whole and without a condition. So it is written as it was just read, and read once more:
 * where somebody has edited it since, that edit stays and is written back with the secret, which it may have replaced.
 * An edit in the moment between a read and the write after it cannot be seen, and is lost. There is no `ping`: the next
 * delivery shows which key signs.
 */
export function spaceliftNamedWebhook(props: SpaceliftNamedWebhookProps): RotationStrategy {
  const { spacelift, webhookId, pacing, randomBytes } = props;
  const read = async (): Promise<NamedWebhook> => {
    const webhook = await spacelift.namedWebhook(webhookId);
    if (webhook === undefined) throw new SenderError("not-found", "Spacelift shows no such webhook to this key.");
    return webhook;
  };

  return {
    create: () => newHookSecret(randomBytes),
    async apply(value) {
      let written = await read();
      for (let round = 1; round <= maxRounds; round += 1) {
        requireTime(pacing);
        await spacelift.updateNamedWebhook(webhookId, written, value);
        const found = await read();
        if (isDeepStrictEqual(sorted(found), sorted(written))) return;
        written = found;
      }
      throw new SenderError("edited", "The webhook was edited in each round; nobody knows which secret it has.");
    },
    verify: async () => "unverifiable",
    async dryRun() {
      const { enabled, retryOnFailure } = await read();
      if (enabled && retryOnFailure) return;
      throw new SenderError("settings", "The webhook must be enabled and send again after a failure.");
    },
  };
}

/** Labels are a set; Spacelift promises no order. */
function sorted(webhook: NamedWebhook): NamedWebhook {
  return { ...webhook, labels: [...webhook.labels].sort() };
}
