import { join } from "node:path";
import { synthesize } from "../main";
import { loadEnvironments } from "../src/cli/examples";

/** The four example environments in one process; the bundles must be there. */
const [outdir = "build/bench"] = process.argv.slice(2);
for (const { name, config } of loadEnvironments()) synthesize(config, join(outdir, name));
