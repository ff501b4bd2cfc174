import type { SecretReader } from "../../../functions/shared/secret-store";
import type { Dice } from "../../dice";
import type { HeldVersion, KeyName, Situation } from "./situations";

/** In every secret, token and body: where it shows up in a log or an answer, something was told. */
export const canary = "canary";

export const previousGraceSeconds = 30 * 3600;

/** One version of a secret, and when a delivery that is signed with it is authentic, in epoch milliseconds. */
export interface HeldKey {
  readonly name: KeyName;
  readonly labels: readonly string[];
  /** As Secrets Manager keeps it; undefined for a placeholder. */
  readonly secretString: string | undefined;
  /** The key itself; empty where there is none. */
  readonly value: string;
  readonly fromMs: number;
  readonly countsUntilMs: number;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const endings = ["", "", "", "\n", " é€😀", "\u0000", '"}'];

/** New values for every version, some in an envelope and some as people type them. */
export function heldKeys(situation: Situation, beginMs: number, dice: Dice): HeldKey[] {
  const graceEndMs = beginMs + situation.graceLeftSeconds * 1000;
  const until = { always: Number.POSITIVE_INFINITY, "within-grace": graceEndMs, never: Number.NEGATIVE_INFINITY };
  return (Object.entries(situation.versions) as [KeyName, HeldVersion][]).map(
    ([name, { labels, counts, fromSeconds = 0 }]) => {
      const isEmpty = name === "blank" || name === "placeholder";
      const value = isEmpty ? "" : `${canary}-${dice.text(40, letters)}${dice.pick(endings)}`;
      const envelope = JSON.stringify({ v: 1, kind: "manual", target: { note: canary }, value });
      const secretString = name === "placeholder" ? undefined : dice.chance(0.5) ? envelope : value;
      const fromMs = beginMs + fromSeconds * 1000;
      return { name, labels, secretString, value, fromMs, countsUntilMs: until[counts] };
    },
  );
}

/** Reader of a secret with these versions at the time of `clock`; `call` is called first and may throw. */
export function heldSecret(
  keys: readonly HeldKey[],
  { graceLeftSeconds, stuckSeconds }: Situation,
  beginMs: number,
  { clock, call }: { readonly clock: () => number; readonly call: () => void },
): SecretReader {
  const graceStart = new Date(beginMs + (graceLeftSeconds - previousGraceSeconds) * 1000);
  const createdAt = stuckSeconds === undefined ? graceStart : new Date(beginMs - stuckSeconds * 1000);
  const labelled = keys.filter(({ labels }) => labels.length > 0);
  return {
    async describe() {
      call();
      const written = labelled.filter(({ fromMs }) => clock() >= fromMs);
      const stages = Object.fromEntries(written.map(({ name, labels }) => [name, labels]));
      return { stages, ...(stuckSeconds !== undefined && { lastChangedAt: graceStart }) };
    },
    async get(versionId) {
      call();
      const secretString = keys.find(({ name }) => name === versionId)?.secretString;
      return secretString === undefined ? undefined : { secretString, createdAt };
    },
  };
}
