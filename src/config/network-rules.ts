import { type CrossFieldRule, when } from "./cross-field-rule";
import * as defaults from "./defaults";

const { maxGroupRules, spareListEntries } = defaults.network;
const publicApi = defaults.github.apiBaseUrl;

/** What `network.egress: "prefix-lists"` must agree with. */
export const networkRules: readonly CrossFieldRule[] = [
  {
    path: ["network", "githubCidrs"],
    needs: ["network.egress", "network.githubCidrs"],
    problem: ({ network: { egress, githubCidrs } }) =>
      when(
        egress === "prefix-lists" && githubCidrs.length + spareListEntries > maxGroupRules,
        `network.githubCidrs holds ${githubCidrs.length} ranges. A security group takes ${maxGroupRules} rules, a range of a prefix list counts as one, and ${spareListEntries} are kept for GitHub to add: at most ${maxGroupRules - spareListEntries} ranges fit.`,
      ),
  },
  {
    path: ["network", "githubCidrs"],
    needs: ["network.egress", "network.githubCidrs", "github.apiBaseUrl"],
    problem: ({ network: { egress, githubCidrs }, github: { apiBaseUrl } }) =>
      when(
        egress === "prefix-lists" &&
          apiBaseUrl.replace(/\/$/, "") !== publicApi &&
          githubCidrs.join() === defaults.network.githubCidrs.join(),
        `network.egress is "prefix-lists" and github.apiBaseUrl is ${apiBaseUrl} but network.githubCidrs are the addresses of ${publicApi}. The reviewer would not reach its server: name that one's ranges.`,
      ),
  },
];
