import { setTimeout as sleep } from "node:timers/promises";

export type Phase = "before" | "during" | "after";

/** One delivery that was sent: when, against the rotation, and as what. */
export interface Sent {
  readonly phase: Phase;
  readonly guid: string;
}

export interface TrafficProps {
  /** Sends one delivery, `number` from 1 on; answers with its GUID. */
  readonly send: (number: number) => Promise<string>;
  readonly rotate: () => Promise<void>;
  /** How many in all, and how many of them before the rotation, and during it at most. */
  readonly total: number;
  readonly before: number;
  readonly during: number;
  /** How many may be on their way at once. */
  readonly lanes: number;
  /** From the answer to one until the next in its lane. */
  readonly pauseMs: number;
  readonly signal: AbortSignal;
}

/** Sends deliveries while a rotation goes on, each once and at a pace that the receiver sets. Throws where the rotation fails. */
export async function traffic(props: TrafficProps): Promise<readonly Sent[]> {
  const { send, rotate, total, before, during, lanes, pauseMs, signal } = props;
  const sent: Sent[] = [];
  let begun = 0;
  const sendWhile = async (phase: Phase, isWanted: () => boolean): Promise<void> => {
    const lane = async () => {
      while (isWanted()) {
        begun += 1;
        sent.push({ phase, guid: await send(begun) });
        await sleep(pauseMs, undefined, { signal });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };

  await sendWhile("before", () => begun < before);
  let isRotating = true;
  const rotated = rotate().finally(() => {
    isRotating = false;
  });
  await Promise.all([rotated, sendWhile("during", () => isRotating && begun < before + during)]);
  await sendWhile("after", () => begun < total);
  return sent;
}
