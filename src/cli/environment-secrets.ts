import { existingRefs } from "../adopt/existing-refs";
import * as defaults from "../config/defaults";
import { createNames } from "../config/names";
import type { Config } from "../config/schema";
import { type PlannedSecret, plannedSecrets } from "../secrets/planned-secrets";

/** The secrets of an environment, those that others made among them. */
export function environmentSecrets(config: Config): readonly PlannedSecret[] {
  const { rotations } = existingRefs(config, createNames(config));
  return plannedSecrets(config.secrets, rotations, defaults.secrets.manualMaxAgeDays);
}
