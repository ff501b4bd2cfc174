import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import production from "../../environments/production";
import { freshSynthesis } from "../../src/cli/fresh-synthesis";
import { parseEnvironment } from "../../src/config/load";
import type { Config, Environment } from "../../src/config/schema";
import type { Synthesis } from "../../src/terraform/read";

export interface Otherwise {
  readonly config: Config;
  readonly synthesis: Synthesis;
}

/** Production, or another environment, with some fields written otherwise; synthesized afresh. */
export function otherwise(over: Partial<Environment>, environment: Environment = production): Otherwise {
  const config = parseEnvironment({ ...environment, ...over }, `environments/${environment.environment}.ts`);
  const folder = mkdtempSync(join(tmpdir(), "otherwise-"));
  try {
    return { config, synthesis: freshSynthesis(config, folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
