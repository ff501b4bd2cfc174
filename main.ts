import { mkdirSync } from "node:fs";
import { App } from "./src/cdktf";
import { withoutCreationStacks } from "./src/cli/creation-stacks";
import { chosenEnvironment, exitingOnConfigError } from "./src/cli/environment";
import { finish } from "./src/cli/finish";
import { loadEnvironment } from "./src/config/load";
import type { Config } from "./src/config/schema";
import { bundleFunctions, lambdaCode } from "./src/service/lambda-bundle";
import { ComplianceStack } from "./src/stacks/compliance-stack";
import { DataStack } from "./src/stacks/data-stack";
import { EdgeStack } from "./src/stacks/edge-stack";
import { NetworkStack } from "./src/stacks/network-stack";
import { ObservabilityStack } from "./src/stacks/observability-stack";
import { RecoveryStack } from "./src/stacks/recovery-stack";
import { ServiceStack } from "./src/stacks/service-stack";

/** The stacks of one environment, in the order in which they are applied. */
function buildStacks(app: App, config: Config): void {
  const network = new NetworkStack(app, config);
  const data = new DataStack(app, config);
  const compliance = new ComplianceStack(app, config);
  const service = new ServiceStack(app, config, { network: network.outputs, data: data.outputs, code: lambdaCode });
  const edge = new EdgeStack(app, config);
  const recovery = new RecoveryStack(app, config);
  const observability = new ObservabilityStack(app, config);

  data.addDependency(network);
  compliance.addDependency(data);
  for (const later of [service, edge, recovery, observability]) later.addDependency(compliance);
}

/** Writes the Terraform JSON of one environment: `manifest.json`, and a folder a stack. */
export function synthesize(config: Config, outdir: string): void {
  mkdirSync(outdir, { recursive: true });
  withoutCreationStacks(() => {
    // CDKTF's validations call a Terraform binary; `npm run check` and `terraform validate` check what they would.
    const app = new App({ outdir, stackTraces: false, skipValidation: true });
    buildStacks(app, config);
    app.synth();
  });
  finish(outdir);
}

if (require.main === module) {
  void exitingOnConfigError(async () => {
    const name = chosenEnvironment(process.argv.slice(2), process.env.PLATFORM_ENV);
    const config = loadEnvironment(name);
    await bundleFunctions();
    synthesize(config, process.env.CDKTF_OUTDIR || "cdktf.out");
  });
}
