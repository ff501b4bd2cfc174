import { type CrossFieldRule, when } from "./cross-field-rule";
import * as defaults from "./defaults";
import type { Shape } from "./shape";

/** Nouns of the secrets that the platform has, or has where a kind needs them. */
const builtInNouns = ["github-webhook", "spacelift-webhook", "github-app", "spacelift-api-key", "entra-admin"];

/** Each kind of secret that rotates has a function of its own. */
export const kindsInUse = ({ secrets, existing }: Pick<Shape, "secrets" | "existing">): ReadonlySet<string> => {
  const others = existing.flatMap((thing) =>
    thing.kind === "secret"
      ? thing.harden.flatMap((hardening) => (hardening.with === "rotation" && hardening.strategy) || [])
      : [],
  );
  const all = [secrets.githubWebhook, secrets.spaceliftWebhook, ...Object.values(secrets.more), ...others];
  return new Set(all.map(({ kind }) => kind).filter((kind) => kind !== "manual"));
};

/** What the times of a rotation must leave each other (R7 of the design). */
export const secretRules: readonly CrossFieldRule[] = [
  {
    path: ["secrets", "timing", "previousGraceSeconds"],
    needs: ["secrets.timing"],
    problem: ({ secrets: { timing } }) => {
      const { redeliveryLookbackSeconds, longestRotationSeconds, previousGraceSeconds } = timing;
      const needed = redeliveryLookbackSeconds + longestRotationSeconds;
      return when(
        previousGraceSeconds < needed,
        `secrets.timing.previousGraceSeconds is ${previousGraceSeconds} but secrets.timing.redeliveryLookbackSeconds and longestRotationSeconds are ${needed} together. At least ${needed} is needed, or a redelivery signed with the former key is refused.`,
      );
    },
  },
  {
    path: ["secrets", "timing", "settleSeconds"],
    needs: ["secrets.timing"],
    problem: ({ secrets: { timing } }) => {
      const needed = timing.missCooldownSeconds + defaults.secrets.readLagSeconds;
      return when(
        timing.settleSeconds < needed,
        `secrets.timing.settleSeconds is ${timing.settleSeconds} but secrets.timing.missCooldownSeconds is ${timing.missCooldownSeconds} and reads lag up to ${defaults.secrets.readLagSeconds} s. At least ${needed} is needed, or a receiver may miss the new key.`,
      );
    },
  },
  {
    path: ["secrets", "more"],
    needs: ["secrets.more"],
    problem: ({ secrets }) => {
      const taken = Object.keys(secrets.more).filter((noun) => builtInNouns.includes(noun));
      return when(
        taken.length > 0,
        `secrets.more names ${taken.join(", ")}, which the platform has itself. The nouns ${builtInNouns.join(", ")} are taken; choose another.`,
      );
    },
  },
];
