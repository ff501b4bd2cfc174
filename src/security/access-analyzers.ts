import { AccessanalyzerAnalyzer } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";

export interface AccessAnalyzersProps {
  readonly names: Names;
  /** Where the environment has something that a policy can open, by what the region is for; two may be one. */
  readonly regions: Readonly<Record<"home" | "dr" | "edge", string>>;
  /** A right or role that was not used for so long is a finding; 1 to 365. */
  readonly unusedDays: number;
}

/** Looks for access that somebody outside has, and for access that nobody uses.
 *
 * An analyzer of external access reads every resource policy of its region, ours and others', at every change: a bucket
 * that somebody opens by hand shows within half an hour, which no proof over our code can see. It costs nothing. That
 * of unused access costs 0.20 USD per role or user of the account and month, so there is one, not one a region: roles
 * are global. AWS allows one of each type per account and region, so only the first environment of an account has them.
 * Source: IAM User Guide, "IAM Access Analyzer" and its pricing.
 */
export class AccessAnalyzers extends Construct {
  constructor(scope: Construct, id: string, { names, regions, unusedDays }: AccessAnalyzersProps) {
    super(scope, id);
    const places = Object.entries(regions);
    const first = places.filter(([, region], index) => places.findIndex(([, other]) => other === region) === index);
    for (const [place, region] of first) {
      new AccessanalyzerAnalyzer(this, `external-${place}`, {
        analyzerName: names.name("access-analyzer", "external"),
        region,
        type: "ACCOUNT",
      });
    }
    new AccessanalyzerAnalyzer(this, "unused", {
      analyzerName: names.name("access-analyzer", "unused"),
      type: "ACCOUNT_UNUSED_ACCESS",
      configuration: { unusedAccess: { unusedAccessAge: unusedDays } },
    });
  }
}
