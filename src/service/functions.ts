import type { Config } from "../config/schema";
import type { FunctionNetwork } from "./runtime-permissions";

/** What sets the functions apart beside their sizes, rights and variables. */
export interface FunctionRow {
  readonly description: string;
  /** `private` reaches AWS through endpoints only; `egress` also the internet, through the NAT gateway. */
  readonly network: "none" | "private" | "egress";
}

/** The functions of the service stack beside those that look after secrets. */
export const serviceFunctions = {
  webhook: {
    description: "Verifies deliveries and submissions, stores them and queues a review",
    // It talks to no private thing, and a fault of the VPC must not lose a delivery.
    network: "none",
  },
  authorizer: {
    description: "Checks bearer tokens and says what their roles may call",
    // It needs the identity provider: behind a NAT gateway, a fault of that would lock everybody out.
    network: "none",
  },
  "reviews-api": { description: "Serves reviews and the health of the service", network: "private" },
  reviewer: { description: "Reviews pull requests with the model and comments on them", network: "egress" },
  "sync-github-ips": {
    description: "Keeps the firewall's sets of GitHub's addresses, every hour",
    // GitHub and AWS WAF are on the internet, and the NAT gateway's address has spent its 60 calls an hour on the probe.
    network: "none",
  },
  probe: { description: "Tells every minute what the private network reaches", network: "egress" },
} as const satisfies Partial<Record<keyof Config["functions"], FunctionRow>>;

/** Subnets and groups for a row; the group with egress is added to the one that the endpoints let in. */
export function networkOf(
  { network }: FunctionRow,
  at: {
    readonly privateSubnetIds: readonly string[];
    readonly functionsGroupId: string;
    readonly functionsEgressGroupId: string;
  },
): FunctionNetwork | "outside-the-vpc" {
  if (network === "none") return "outside-the-vpc";
  const egress = network === "egress" ? [at.functionsEgressGroupId] : [];
  return { subnetIds: at.privateSubnetIds, securityGroupIds: [at.functionsGroupId, ...egress] };
}
