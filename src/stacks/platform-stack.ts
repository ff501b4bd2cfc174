import { AwsProvider } from "../aws";
import { type App, TerraformStack } from "../cdktf";
import { createNames, type Names } from "../config/names";
import type { Config } from "../config/schema";
import { addBackend } from "./backend";

export const stackIds = ["network", "data", "compliance", "service", "edge", "recovery", "observability"] as const;
export type StackId = (typeof stackIds)[number];

/** What every stack has: one AWS provider that refuses other accounts, default tags, a state backend and names. */
export abstract class PlatformStack extends TerraformStack {
  protected readonly names: Names;

  constructor(app: App, id: StackId, config: Config, region = config.region) {
    super(app, id);
    this.names = createNames(config);
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: config.allowedAccountIds,
      // Whoever forces a rotation tags the secret; a plan would take the tag away again.
      ignoreTags: [{ keyPrefixes: ["rotation:"] }],
      defaultTags: [
        {
          tags: {
            Project: "production-hardening",
            Environment: config.environment,
            Tier: config.tier,
            ManagedBy: "terraform",
            Owner: config.owner,
            CostCenter: config.costCenter,
            DataClass: config.dataClass,
          },
        },
      ],
    });
    addBackend(this, id, config);
  }
}
