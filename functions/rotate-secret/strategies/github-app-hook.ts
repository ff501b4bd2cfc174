import type { GithubHook } from "../../shared/github-hook";
import type { Pacing, RotationStrategy } from "../ports";
import { awaitFreshDelivery, isTaken } from "./fresh-delivery";
import { hookSecret } from "./hook-secret";
import type { RandomBytes } from "./random-text";

export interface GithubAppHookProps {
  readonly hook: GithubHook;
  readonly pacing: Pacing;
  readonly randomBytes: RandomBytes;
}

/** Where a delivery to send again is looked for: a busy App has one in the first, a quiet one has few in the second. */
const lookBackMs = [10 * 60_000, 24 * 3_600_000] as const;

/** Secret of a GitHub App's own webhook, which has no `ping`.
 *
 * A delivery that the receiver took lately is sent again; without one there is nothing to ask for, and the next
 * delivery shows which key signs. Whether a redelivery is signed anew is unconfirmed: it may prove the key before.
 */
export function githubAppHook({ hook, pacing, randomBytes }: GithubAppHookProps): RotationStrategy {
  const lastTaken = async () => {
    for (const milliseconds of lookBackMs) {
      const taken = (await hook.attempts(new Date(pacing.now() - milliseconds))).find(isTaken);
      if (taken) return taken;
    }
    return undefined;
  };

  return {
    ...hookSecret(hook, randomBytes),
    async verify() {
      const known = await lastTaken();
      if (known === undefined) return "unverifiable";
      await awaitFreshDelivery({
        hook,
        pacing,
        isOurs: ({ guid }) => guid === known.guid,
        send: () => hook.redeliver(known.id),
      });
      return "verified";
    },
  };
}
