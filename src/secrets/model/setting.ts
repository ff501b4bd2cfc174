import { holder } from "../../../functions/rotate-secret/labels";
import { envelopeText, secretValue } from "../../../functions/shared/envelope";
import type { KeyRing } from "../../../functions/shared/key-ring";
import type { CallPort } from "./calls";
import { type VirtualClock, virtualClock } from "./clock";
import type { ModelParameters } from "./parameters";
import { type ReceiverPolicy, receiver } from "./receivers";
import { type SecretsManager, secretsManager } from "./secrets-manager";
import { sender as newSender, type Sender } from "./sender";
import { type Counts, tickMs, traffic } from "./traffic";
import { registered } from "./two-labels";
import type { World } from "./world";

export interface SettingOptions {
  readonly receivers: ReceiverPolicy;
  readonly parameters: ModelParameters;
  readonly forged?: boolean;
  /** The secret before: one that rotates already, one from elsewhere, or an empty one. @default "rotating" */
  readonly before?: "rotating" | "not-adopted" | "empty";
  readonly firstValueGetsCurrent?: boolean;
  readonly labelMovesChangeDate?: boolean;
  /** How far reads of the secret are behind its writes. */
  readonly readLagMs?: number;
  /** Ends the count at the first refusal: it is known then that this history refuses. */
  readonly stopAtFirstRejection?: boolean;
  /** Called with each delivery. */
  readonly onTick?: (nowMs: number) => void;
}

/** A secret, its sender and its receivers, before anything happens. */
export interface Setting {
  readonly clock: VirtualClock;
  readonly secrets: SecretsManager;
  readonly sender: Sender;
  readonly receivers: readonly KeyRing[];
  readonly counts: Readonly<Counts>;
  /** Loads the receivers' caches at different times and lets deliveries begin; an empty secret accepts none yet. */
  warmUp(): Promise<void>;
  /** Lets deliveries begin. */
  begin(): void;
  world(calls: CallPort): World;
  /** Notes where the sender's key is in no labelled version; to be called at every change. */
  look(): void;
  unlabelledInstants(): number;
  holder(label: string): string | undefined;
  /** Secrets Manager stops answering the receivers, or answers them again. */
  setOutage(isOut: boolean): void;
}

const warmUpSeconds = 5;
/** Ages of the receivers' caches when the rotation begins, as shares of the time they keep them. */
const cacheAges = [0.99, 0.75, 0.5, 0.25, 0];

export function createSetting(options: SettingOptions): Setting {
  const { parameters, before = "rotating", readLagMs = 0 } = options;
  const sender = newSender("key-0");
  let unlabelled = 0;
  let isOver = false;
  let hasBegun = false;
  let isOut = false;
  let keys = 0;

  const clock = virtualClock(0, tickMs, (nowMs) => {
    if (isOver || !hasBegun) return undefined;
    options.onTick?.(nowMs);
    return flow.tick();
  });
  const now = () => clock.now();
  const { firstValueGetsCurrent = true, labelMovesChangeDate = false } = options;
  const secrets = secretsManager(now, { firstValueGetsCurrent, labelMovesChangeDate });
  const ring = () =>
    receiver({ ...parameters, policy: options.receivers, now, secrets, readLagMs, isOut: () => isOut });
  const receivers = cacheAges.map(ring);
  const flow = traffic({
    sender,
    receivers,
    coldReceiver: ring,
    version: () => secrets.revision(),
    forged: options.forged ?? false,
    onRejection: () => {
      isOver ||= options.stopAtFirstRejection ?? false;
    },
  });

  if (before !== "empty") secrets.putSecretValue("version-0", envelopeText({ ...registered, value: "key-0" }));
  if (before === "rotating") secrets.updateSecretVersionStage("LIVE", { to: "version-0" });

  return {
    ...{ clock, secrets, sender, receivers, counts: flow.counts },
    begin: () => {
      hasBegun = true;
    },
    async warmUp() {
      for (const [index, age] of cacheAges.entries()) {
        await clock.advance((1 - age) * parameters.keyRefreshSeconds * 1000 - clock.now());
        await receivers[index]?.keys();
      }
      hasBegun = before !== "empty";
      await clock.advance(warmUpSeconds * 1000);
    },
    world: (calls) => ({
      ...{ clock, secrets, calls, sender, readLagMs },
      settleSeconds: parameters.settleSeconds,
      minIntervalSeconds: parameters.minIntervalSeconds,
      newKey: () => {
        keys += 1;
        return `key-${keys}`;
      },
    }),
    look: () => {
      if (hasBegun && !secrets.labelledValues().some((value) => secretValue(value) === sender.key())) unlabelled += 1;
    },
    unlabelledInstants: () => unlabelled,
    holder: (label) => holder(secrets.describe().stages, label),
    setOutage: (state) => {
      isOut = state;
    },
  };
}
