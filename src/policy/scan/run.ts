import { UnreadableError } from "../../terraform/unreadable";
import { checkovScans } from "./checkov";
import { joinedRoot, type WrittenStack } from "./joined-root";
import type { Scan } from "./scan";
import { trivyScan } from "./trivy";

/** Asks every scanner that is installed about all stacks of an environment; seconds each, checkov for both forms.
 *
 * Stacks that cannot be read as one are a failure of each scan. `env` is that of the process: see `checkovScans` and
 * `trivyScan` for the variables they read.
 */
export async function scanStacks(stacks: readonly WrittenStack[], env: NodeJS.ProcessEnv): Promise<Scan[]> {
  try {
    const root = joinedRoot(stacks);
    return [...(await checkovScans(root, env)), await trivyScan(root, env)];
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const failed = { kind: "failed", reason: `the stacks cannot be read as one: ${error.message}` } as const;
    return [
      { ...failed, tool: "checkov", form: "native" },
      { ...failed, tool: "checkov", form: "plan" },
      { ...failed, tool: "trivy", form: "plan" },
    ];
  }
}
