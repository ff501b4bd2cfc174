import { deployAndTest } from "../../local/run";
import { onWorkbench } from "./on-workbench";
import { failures, summary } from "./summary";

/** Applies, tests and, unless it is kept, tears down; returns the exit code. */
export const deploy = ({ keep }: { readonly keep: boolean }): Promise<number> =>
  onWorkbench(keep, async ({ config, synthesis, appPrivateKey, watch, signal }) => {
    const run = await deployAndTest({ config, synthesis, appPrivateKey, watcher: watch, signal });
    console.log(summary(run, keep));
    return failures(run).length === 0 ? 0 : 1;
  });
