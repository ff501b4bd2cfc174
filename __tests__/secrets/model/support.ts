import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sweepMarkdown } from "../../../src/cli/simulate/secrets";
import { callPort, type Fault } from "../../../src/secrets/model/calls";
import type { Row } from "../../../src/secrets/model/rows";
import { createSetting, type Setting, type SettingOptions } from "../../../src/secrets/model/setting";
import type { Sweep } from "../../../src/secrets/model/sweep";
import type { World } from "../../../src/secrets/model/world";

/** What the examples synthesize; a test of the parameters compares. */
export const parameters = {
  keyRefreshSeconds: 300,
  missCooldownSeconds: 5,
  previousGraceSeconds: 30 * 3600,
  settleSeconds: 10,
  minIntervalSeconds: 24 * 3600,
};

/** The line of the README that shows a row as it came out. */
export function isInReadme(row: Row, sweep: Sweep): boolean {
  const line = sweepMarkdown([{ row, sweep }]).split("\n").at(-1) ?? "";
  return readFileSync(join(__dirname, "../../../README.md"), "utf8").split("\n").includes(line);
}

export const allLabels = { labels: "all", refreshOnMiss: true } as const;

export interface Stage extends Omit<Setting, "world"> {
  readonly calls: { count(): number };
  readonly world: () => World;
  labels(): Record<string, readonly string[]>;
}

/** A secret with traffic, and a way to call it. */
export async function stage(
  options: Partial<SettingOptions> = {},
  faults: readonly Fault[] = [],
  onCall?: (call: number, stage: Setting) => void,
): Promise<Stage> {
  const setting = createSetting({ receivers: allLabels, parameters, ...options });
  const calls = callPort({
    ...{ clock: setting.clock, millisecondsPerCall: 100, faults, afterCall: setting.look },
    onCall: (call) => onCall?.(call, setting),
  });
  await setting.warmUp();
  return {
    ...setting,
    calls,
    world: () => setting.world(calls),
    labels: () => ({ ...setting.secrets.describe().stages }),
  };
}
