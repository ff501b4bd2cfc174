import { loadEnvironment } from "../../config/load";
import type { Config } from "../../config/schema";
import { folders } from "../../local/folders";
import { foreignEndpoints, NotLoopback } from "../../local/loopback";
import { CannotStart } from "../../local/processes";
import type { Watcher } from "../../local/run";
import { TerraformFailed } from "../../local/terraform";
import { assertNothingInTheWay, closeWorkbench, openWorkbench } from "../../local/workbench";
import { bundleFunctions } from "../../service/lambda-bundle";
import type { Synthesis } from "../../terraform/read";
import { freshSynthesis } from "../fresh-synthesis";
import { abortOnSignals } from "./abort-on-signals";
import { watcher } from "./watcher";

/** What work on a running emulator gets. */
export interface Bench {
  readonly config: Config;
  readonly synthesis: Synthesis;
  readonly appPrivateKey: string;
  readonly watch: Watcher;
  readonly signal: AbortSignal;
}

/** Synthesizes, starts emulator and stand-ins, works, and ends all that was started, also after Ctrl-C.
 *
 * Returns the exit code of `work`, or 1 where Terraform or a process gave up. With `keep` what runs stays, once the work
 * has come to its end.
 */
export async function onWorkbench(keep: boolean, work: (bench: Bench) => Promise<number>): Promise<number> {
  const foreign = foreignEndpoints(process.env);
  if (foreign.length > 0) {
    throw new NotLoopback(`npm run local speaks to loopback addresses only, but ${foreign.join(" and ")}. Unset it.`);
  }
  await assertNothingInTheWay();
  const config = loadEnvironment("local");
  const watch = watcher();
  watch.phase("Bundling and synthesizing");
  await bundleFunctions();
  const synthesis = freshSynthesis(config, folders.synthesized);

  const stop = new AbortController();
  const release = abortOnSignals(stop);
  let isKept = false;
  try {
    const { emulator, standIns } = await openWorkbench(config, watch.phase, stop.signal);
    for (const died of [emulator.died, standIns.died]) void died.then((reason) => stop.abort(new Error(reason)));
    watch.phase(`Emulator: ${emulator.origin}`);
    const { appPrivateKey } = standIns;
    const exitCode = await work({ config, synthesis, appPrivateKey, watch, signal: stop.signal });
    isKept = keep;
    return exitCode;
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
