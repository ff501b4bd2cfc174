export interface UiRuleSettings {
  /** Requests of one address in a window. */
  readonly ratePerIp: number;
  readonly rateWindowSeconds: number;
}

/** The firewall of the UI, in order; 277 capacity units.
 *
 * A static site has no bodies to misread and no webhooks to lose, so the groups keep their own verdicts. Addresses of
 * VPNs and clouds are only counted: people and their networks use them.
 */
export const uiRules = ({ ratePerIp, rateWindowSeconds }: UiRuleSettings) =>
  [
    {
      priority: 0,
      name: "rate-ip",
      statement: { limit: ratePerIp, windowSeconds: rateWindowSeconds, key: "IP" },
      action: { block: "too-many-requests", retryAfterSeconds: rateWindowSeconds },
    },
    { priority: 10, name: "aws-ip-reputation", group: "AWSManagedRulesAmazonIpReputationList", count: [] },
    {
      priority: 15,
      name: "aws-anonymous-ip",
      group: "AWSManagedRulesAnonymousIpList",
      count: ["AnonymousIPList", "HostingProviderIPList"],
    },
    { priority: 20, name: "aws-known-bad-inputs", group: "AWSManagedRulesKnownBadInputsRuleSet", count: [] },
  ] as const;
