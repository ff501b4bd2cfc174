import { steps } from "../../../functions/rotate-secret/protocol";
import type { CallPort } from "./calls";
import { millisecondsPerCall } from "./run";
import { createSetting, type SettingOptions } from "./setting";
import { inSlice, type Slice, type Sweep } from "./sweep";
import { twoInvocations } from "./two-invocations";
import type { Protocol } from "./world";

const tailSeconds = 60;

/** Each step of a rotation run twice at once, their calls in an order that the seed decides. */
export async function everyStepTwice(
  given: SettingOptions & { readonly protocol: Protocol },
  seeds: number,
  slice: Slice,
): Promise<Sweep> {
  const sum = { rejectingRuns: 0, rejections: 0, checks: 0, unlabelledInstants: 0, forgeriesAccepted: 0 };
  let failed = 0;
  let unfinished = 0;
  const share = inSlice(
    Array.from({ length: seeds }, (_, index) => index + 1),
    slice,
  );
  for (const seed of share) {
    const setting = createSetting(given);
    const { clock, secrets, holder } = setting;
    await setting.warmUp();
    secrets.beginRotation("rotation-1");
    const port: CallPort = {
      count: () => 0,
      async call(effect) {
        await clock.advance(millisecondsPerCall);
        const answer = await effect();
        setting.look();
        return answer;
      },
    };
    for (const step of steps) {
      await twoInvocations(seed, setting.clock, (turn) => {
        const calls: CallPort = { ...port, call: (effect) => turn.call(() => port.call(effect)) };
        const waiting = { ...clock, advance: turn.sleep };
        return given.protocol.runStep({ ...setting.world(calls), clock: waiting })(step, "rotation-1");
      });
    }
    await clock.advance(tailSeconds * 1000);
    const { counts } = setting;
    sum.rejectingRuns += Number(counts.rejections > 0);
    sum.rejections += counts.rejections;
    sum.checks += counts.checks;
    sum.forgeriesAccepted += counts.forgeriesAccepted;
    sum.unlabelledInstants += setting.unlabelledInstants();
    failed += Number(holder("LIVE") !== "rotation-1" || holder("AWSCURRENT") !== "rotation-1");
    unfinished += Number(holder("APPLYING") !== holder("LIVE"));
  }
  return { runs: share.length, ...sum, failed, unfinished };
}
