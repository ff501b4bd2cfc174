import type { CallPort } from "./calls";
import type { VirtualClock } from "./clock";
import type { RunStep } from "./driver";
import type { SecretsManager } from "./secrets-manager";
import type { Sender } from "./sender";

/** What a rotation in the model has to do with. */
export interface World {
  readonly clock: VirtualClock;
  readonly secrets: SecretsManager;
  readonly calls: CallPort;
  readonly sender: Sender;
  /** Of the secret and of the function, as the synthesized JSON gives them. */
  readonly settleSeconds: number;
  readonly minIntervalSeconds: number;
  readonly readLagMs: number;
  /** A key that nobody has had before. */
  readonly newKey: () => string;
}

/** A way to rotate: the product's, or one that it is compared with. */
export interface Protocol {
  readonly runStep: (world: World) => RunStep;
  /** What the auditor has done every hour where a secret has a value but nobody knows that the sender uses it. */
  readonly adopt?: (world: World) => Promise<void>;
}
