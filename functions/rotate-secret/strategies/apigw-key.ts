import { poll } from "../pace";
import type { Pacing, RotationStrategy } from "../ports";
import type { ApiKeys } from "./api-keys";
import { type RandomBytes, randomText } from "./random-text";
import { SenderError } from "./sender-error";

export interface ApigwKeyProps {
  /** Noun of the secret: the key of a version is called `NOUN-VERSION`, and tagged with the noun for the sweeper. */
  readonly secretName: string;
  readonly keys: ApiKeys;
  /** A route that demands a key of the plan and answers a 2xx to one. */
  readonly canaryUrl: string;
  readonly fetcher?: typeof fetch;
  readonly pacing: Pacing;
  readonly randomBytes: RandomBytes;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** API Gateway takes 20 to 128 characters. */
const valueLength = 40;

const timeoutMs = 3_000;
const pollEveryMs = 1_000;
/** A new key works on some of API Gateway's servers before it works on all. */
const enoughInARow = 3;

/** Key of API Gateway in a usage plan. Each version has a key of its own and the one before goes on working, so that
 * the sweeper, not the rotation, ends it. */
export function apigwKey(props: ApigwKeyProps): RotationStrategy {
  const { secretName, keys, pacing, randomBytes } = props;
  const keyName = (versionId: string) => `${secretName}-${versionId}`;

  const keyId = async (name: string, value: string): Promise<string> => {
    const known = await keys.find(name);
    if (known !== undefined) return known;
    const made = await keys.create({ name, value, tags: { "rotation:secret": secretName } });
    if (made !== "conflict") return made.id;
    // An attempt whose answer was lost has made it.
    const found = await keys.find(name);
    if (found === undefined) throw new SenderError("key-conflict", "A key of another name has this value.");
    return found;
  };

  return {
    create: async () => randomText(valueLength, alphabet, randomBytes),

    async apply(value, versionId) {
      const name = keyName(versionId);
      const id = await keyId(name, value);
      if (await keys.isInPlan(name)) return;
      if ((await keys.joinPlan(id)) === "joined" || (await keys.isInPlan(name))) return;
      throw new SenderError("key-conflict", "The plan refuses the key and does not have it.");
    },

    async verify(value) {
      const key = await value();
      let inARow = 0;
      await poll(pacing, pollEveryMs, async () => {
        inARow = (await isTaken(props, key)) ? inARow + 1 : 0;
        return inARow >= enoughInARow;
      });
      return "verified";
    },

    async dryRun() {
      // Both lists can be read; which keys are in them does not matter here.
      await keys.find(secretName);
      await keys.isInPlan(secretName);
    },
  };
}

/** Whether the canary route takes the key now. That it does not answer in time is a no. */
async function isTaken({ canaryUrl, fetcher = fetch }: ApigwKeyProps, key: string): Promise<boolean> {
  try {
    const response = await fetcher(canaryUrl, {
      headers: { "x-api-key": key },
      // The key does not follow a redirect.
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
