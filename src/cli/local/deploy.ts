import { loadEnvironment } from "../../config/load";
import { foreignEndpoints, NotLoopback } from "../../local/loopback";
import { CannotStart } from "../../local/processes";
import { deployAndTest } from "../../local/run";
import { TerraformFailed } from "../../local/terraform";
import { assertNothingInTheWay, closeWorkbench, openWorkbench } from "../../local/workbench";
import { abortOnSignals } from "./abort-on-signals";
import { failures, summary } from "./summary";
import { synthesizeLocal } from "./synthesize-local";
import { watcher } from "./watcher";

/** Applies, tests and, unless it is kept, tears down; returns the exit code. */
export async function deploy({ keep }: { readonly keep: boolean }): Promise<number> {
  const foreign = foreignEndpoints(process.env);
  if (foreign.length > 0) {
    throw new NotLoopback(`npm run local speaks to loopback addresses only, but ${foreign.join(" and ")}. Unset it.`);
  }
  await assertNothingInTheWay();
  const config = loadEnvironment("local");
  const watch = watcher();
  watch.phase("Bundling and synthesizing");
  const synthesis = await synthesizeLocal(config);

  const stop = new AbortController();
  const release = abortOnSignals(stop);
  let isKept = false;
  try {
    const { emulator, standIns } = await openWorkbench(config, watch.phase, stop.signal);
    for (const died of [emulator.died, standIns.died]) void died.then((reason) => stop.abort(new Error(reason)));
    watch.phase(`Emulator: ${emulator.origin}`);
    const { appPrivateKey } = standIns;
    const run = await deployAndTest({ synthesis, appPrivateKey, watcher: watch, signal: stop.signal });
    isKept = keep;
    console.log(summary(run, keep));
    return failures(run).length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof CannotStart || error instanceof NotLoopback) throw error;
    if (!(stop.signal.aborted || error instanceof TerraformFailed)) throw error;
    const reason = stop.signal.aborted ? stop.signal.reason : error;
    console.error(`${reason.message}\nEverything that was started is being ended.`);
    return 1;
  } finally {
    if (!isKept) await closeWorkbench();
    release();
  }
}
