import type { DeliveryAttempt, GithubHook } from "../../shared/github-hook";
import { poll } from "../pace";
import type { Pacing } from "../ports";

export interface FreshDeliveryProps {
  readonly hook: Pick<GithubHook, "attempts">;
  readonly pacing: Pacing;
  /** Whether an attempt is one that `send` may have caused. */
  readonly isOurs: (attempt: DeliveryAttempt) => boolean;
  readonly send: () => Promise<void>;
}

const pollEveryMs = 2_000;

/** How far GitHub's clock may differ from ours; its times are whole seconds besides. */
const clockToleranceMs = 5 * 60_000;

/** Makes the hook send and waits until the receiver has taken it; throws a `RotationError` when the time is up.
 *
 * An attempt is fresh if it was not in the list before: no clock is trusted with that. One that fails is sent again,
 * for the receiver may only have been without its keys.
 */
export async function awaitFreshDelivery({ hook, pacing, isOurs, send }: FreshDeliveryProps): Promise<void> {
  const ours = async () => (await hook.attempts(new Date(pacing.now() - clockToleranceMs))).filter(isOurs);
  const seen = new Set((await ours()).map(({ id }) => id));
  await send();
  await poll(pacing, pollEveryMs, async () => {
    const fresh = (await ours()).filter(({ id }) => !seen.has(id));
    if (fresh.some(isTaken)) return true;
    for (const { id } of fresh) seen.add(id);
    if (fresh.length > 0) await send();
    return false;
  });
}

export function isTaken({ statusCode }: Pick<DeliveryAttempt, "statusCode">): boolean {
  return statusCode >= 200 && statusCode < 300;
}
