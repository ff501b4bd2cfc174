import { type CrossFieldRule, when } from "./cross-field-rule";
import * as defaults from "./defaults";

/** Until a function has filled the sets, every delivery would come from outside. */
const blockedSourcesKnown: CrossFieldRule = {
  path: ["waf", "githubCidrs"],
  needs: ["waf.githubSource", "waf.githubCidrs"],
  problem: ({ waf: { githubSource, githubCidrs } }) =>
    when(
      githubSource === "block" && githubCidrs.every((range) => range.includes(":")),
      `waf.githubSource is "block" but waf.githubCidrs holds ${githubCidrs.length === 0 ? "no range" : "no IPv4 range"}. Deliveries would be refused until the first hourly sync, and GitHub does not repeat them: at least the published IPv4 ranges are needed.`,
    ),
};

/** A firewall that only counts does so for a time, and its owner says until when. */
const rolloutEnds: CrossFieldRule = {
  path: ["waf", "rolloutEnds"],
  needs: ["waf.rollout", "waf.rolloutEnds"],
  problem: ({ waf }) =>
    when(
      waf.rollout === "count" && waf.rolloutEnds === undefined,
      'waf.rollout is "count" but waf.rolloutEnds is missing. Name the last day on which the firewall only counts, such as 2027-06-30; at most 30 days ahead pass the check.',
    ),
};

/** A limit per address that lies above what the stage lets in altogether never stops anybody. */
const floodsAreStopped: CrossFieldRule = {
  path: ["waf", "ratePerIp"],
  needs: ["waf.ratePerIp", "limits.default"],
  problem: ({ waf: { ratePerIp }, limits }) => {
    const { ratePerSecond } = limits.default;
    const window = defaults.waf.rateWindowSeconds;
    return when(
      ratePerIp > ratePerSecond * window,
      `waf.ratePerIp is ${ratePerIp} but limits.default lets in ${ratePerSecond} requests a second, ${ratePerSecond * window} in the ${window} s that the firewall counts. One address could take all of them: at most ${ratePerSecond * window} is allowed.`,
    );
  },
};

/** What the settings of the firewall must agree with. */
export const firewallRules: readonly CrossFieldRule[] = [blockedSourcesKnown, rolloutEnds, floodsAreStopped];
