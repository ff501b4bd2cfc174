import type { HttpEvent } from "../../../functions/shared/http-event";
import { keyRing } from "../../../functions/shared/key-ring";
import { errorFields, type LogFields } from "../../../functions/shared/log";
import type { HttpAnswer } from "../../../functions/shared/problem";
import type { DeliveryDependencies, receiveDelivery } from "../../../functions/webhook/receive-delivery";
import type { WebhookSource } from "../../../functions/webhook/sources";
import type { Dice } from "../../dice";
import { canary, type HeldKey, heldSecret, previousGraceSeconds } from "./held-keys";
import type { Delivery, KeysOf } from "./random-deliveries";
import type { Situation } from "./situations";

export type Receiver = typeof receiveDelivery;

/** What came of a delivery. */
export interface Outcome {
  /** Absent where the receiver threw. */
  readonly answer?: HttpAnswer;
  /** Lines of the log and samples of metrics, as text. */
  readonly told: string;
  /** How many bodies were put into the queue. */
  readonly queued: number;
}

interface Props {
  readonly situation: Situation;
  readonly keys: KeysOf;
  readonly beginMs: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly dice: Dice;
}

/** Gives deliveries to a receiver with the real key rings over a secret, a delivery log and a queue in memory. */
export function receiving(receive: Receiver, props: Props): (delivery: Delivery) => Promise<Outcome> {
  const { situation, keys, beginMs, clock } = props;
  let told: unknown[] = [];
  let queued = 0;
  const tell = (message: string, fields: LogFields) => void told.push([message, fields]);
  const ring = (held: readonly HeldKey[]) =>
    keyRing({
      secret: heldSecret(held, situation, beginMs, { clock, call: failingCall("secret", props) }),
      ...{ previousGraceSeconds, clock },
      onRefreshFailure: (error) => tell("keys-not-read", errorFields(error)),
    });
  const storage = failingCall("storage", props);
  const dependencies: DeliveryDependencies = {
    rings: { github: ring(keys.github), spacelift: ring(keys.spacelift) },
    deliveries: deliveriesInMemory(storage),
    queue: {
      async enqueue() {
        storage();
        queued += 1;
      },
    },
    clock: () => new Date(clock()),
    record: (dimension, value, samples) => void told.push([dimension, value, samples]),
    log: { info: tell, warn: tell, error: tell },
  };
  return async ({ source, event }) => {
    told = [];
    queued = 0;
    const answer = await answered(receive, source, event, dependencies);
    return { ...(answer && { answer }), told: JSON.stringify(told), queued };
  };
}

async function answered(
  receive: Receiver,
  source: WebhookSource,
  event: HttpEvent,
  dependencies: DeliveryDependencies,
): Promise<HttpAnswer | undefined> {
  try {
    return await receive(source, event, dependencies);
  } catch {
    return undefined;
  }
}

/** Throws in the share of the calls in which the situation says so. The error quotes what must not be told. */
function failingCall(what: "secret" | "storage", { situation, beginMs, clock, dice }: Props): () => void {
  const { failing } = situation;
  return () => {
    if (failing?.what !== what || clock() < beginMs + failing.afterSeconds * 1000) return;
    if (dice.chance(failing.share)) throw new Error(`refused ${canary}`);
  };
}

/** No two attempts run at once here, so a delivery that is begun and not done is nobody's. */
function deliveriesInMemory(call: () => void): DeliveryDependencies["deliveries"] {
  const done = new Set<string>();
  const keysOf = ({ source, guid, bodySha256 }: { source: string; guid?: string; bodySha256: string }) => [
    `B#${source}#${bodySha256}`,
    ...(guid ? [`D#${source}#${guid}`] : []),
  ];
  return {
    async begin(delivery) {
      call();
      return keysOf(delivery).some((key) => done.has(key)) ? "done" : "begun";
    },
    async finish(delivery) {
      call();
      for (const key of keysOf(delivery)) done.add(key);
    },
    async abandon() {
      call();
    },
    async keySeen() {
      call();
    },
  };
}
