import type { GithubHook } from "../../shared/github-hook";
import type { Pacing, RotationStrategy } from "../ports";
import { awaitFreshDelivery } from "./fresh-delivery";
import { hookSecret } from "./hook-secret";
import type { RandomBytes } from "./random-text";

export interface GithubHookStrategyProps {
  /** Of a repository or of an organization. */
  readonly hook: GithubHook;
  readonly pacing: Pacing;
  readonly randomBytes: RandomBytes;
}

/** Secret of a repository's or an organization's webhook, proved by a `ping` that the receiver has taken. A hook that
 * cannot be pinged proves nothing. */
export function githubHookStrategy({ hook, pacing, randomBytes }: GithubHookStrategyProps): RotationStrategy {
  return {
    ...hookSecret(hook, randomBytes),
    async verify() {
      const { ping } = hook;
      if (ping === undefined) return "unverifiable";
      const isOurs = ({ event }: { event: string }) => event === "ping";
      await awaitFreshDelivery({ hook, pacing, isOurs, send: ping });
      return "verified";
    },
  };
}
