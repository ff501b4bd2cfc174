import { callPort, type Fault } from "./calls";
import { driveOn, driveRotation } from "./driver";
import { createSetting, type SettingOptions } from "./setting";
import type { Counts } from "./traffic";
import type { Protocol } from "./world";

/** One history: what rotates, who receives, and what goes wrong. */
export interface RunOptions extends SettingOptions {
  readonly protocol: Protocol;
  readonly faults?: readonly Fault[];
  /** An operator writes a value by hand before this call, and once more a minute later. */
  readonly operatorWritesAtCall?: number;
  /** How often Secrets Manager starts a failed rotation again. */
  readonly retries: number;
  /** How long a rotation that has failed for good lies still before it is driven on. */
  readonly stuckSeconds: number;
  readonly leavePending?: boolean;
  /** A second rotation, forced, this long after the first. */
  readonly secondRotationAfterSeconds?: number;
}

export interface RunResult extends Counts {
  /** Of the first rotation, retries included. */
  readonly calls: number;
  readonly succeeded: boolean;
  /** Instants at which the sender's key was in no labelled version. */
  readonly unlabelledInstants: number;
  readonly ends: { readonly liveIsCurrent: boolean; readonly hasCurrent: boolean; readonly applyingElsewhere: boolean };
}

const tailSeconds = 700;
const secondWriteSeconds = 60;
export const millisecondsPerCall = 100;

/** Lives through one history. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { protocol, retries, leavePending = false, operatorWritesAtCall } = options;
  const writes = operator();
  const setting = createSetting({ ...options, onTick: (nowMs) => nowMs >= writes.againAtMs() && writes.write(nowMs) });
  const { clock, secrets, holder } = setting;
  const calls = callPort({
    clock,
    millisecondsPerCall,
    faults: options.faults ?? [],
    onCall: (call) => {
      if (call === operatorWritesAtCall) writes.write(clock.now());
    },
    afterCall: setting.look,
  });
  const world = setting.world(calls);
  const drive = { clock, secrets, runStep: protocol.runStep(world), retries, leavePending };

  function operator() {
    let count = 0;
    let againAtMs = Number.POSITIVE_INFINITY;
    return {
      againAtMs: () => againAtMs,
      write(nowMs: number) {
        count += 1;
        againAtMs = count === 1 ? nowMs + secondWriteSeconds * 1000 : Number.POSITIVE_INFINITY;
        secrets.putSecretValue(`by-hand-${count}`, `by-hand-${count}`);
        setting.look();
      },
    };
  }

  await setting.warmUp();
  let succeeded = await driveRotation(drive, "rotation-1");
  const callsOfFirst = calls.count();
  for (const token of ["rotation-2", "rotation-3"]) {
    if (succeeded) break;
    await clock.advance(options.stuckSeconds * 1000);
    if (holder("AWSCURRENT") !== undefined && holder("LIVE") === undefined) await protocol.adopt?.(world);
    succeeded = await driveOn({ ...drive, retries: 5 }, token);
  }
  setting.begin();
  if (options.secondRotationAfterSeconds !== undefined) {
    await clock.advance(options.secondRotationAfterSeconds * 1000);
    secrets.tag("rotation:force", "rotation-4");
    succeeded = (await driveRotation(drive, "rotation-4")) && succeeded;
  }
  await clock.advance(tailSeconds * 1000);

  return {
    ...setting.counts,
    calls: callsOfFirst,
    succeeded,
    unlabelledInstants: setting.unlabelledInstants(),
    ends: {
      liveIsCurrent: holder("LIVE") !== undefined && holder("LIVE") === holder("AWSCURRENT"),
      hasCurrent: holder("AWSCURRENT") !== undefined,
      applyingElsewhere: holder("APPLYING") !== holder("LIVE"),
    },
  };
}
