import { labelOf, type ManagedGroup, type RuleOf } from "./catalogue";
import type { WebAclRule } from "./rule";
import {
  and,
  equals,
  fromAddresses,
  fromCountries,
  hasLabel,
  header,
  longerThan,
  matches,
  method,
  not,
  or,
  path,
  startsWith,
} from "./statements";

export interface ApiRuleSettings {
  /** What stands before the path of a route: `/live` at the API's own host, nothing behind a custom domain. */
  readonly pathPrefix: string;
  /** ISO 3166 codes. */
  readonly blockedCountries: readonly string[];
  readonly rateWindowSeconds: number;
  /** Requests per address in a window. */
  readonly ratePerIp: number;
  /** POST, PUT, PATCH and DELETE per address in a window. */
  readonly writeRatePerIp: number;
  /** Requests per token in a window. */
  readonly ratePerToken: number;
  /** Deliveries per address in a window. */
  readonly webhookRatePerIp: number;
  /** What becomes of a delivery from outside GitHub's published addresses. */
  readonly githubSource: "count" | "block";
  /** Addresses of VPNs, proxies and clouds: `rate` also limits those of the first two kinds. */
  readonly anonymousIp: "off" | "count" | "rate";
  /** Requests per anonymous address in a window, under `rate`. */
  readonly anonymousRatePerIp: number;
  readonly groupVersions: GroupVersions;
  readonly ipSetArns: Readonly<Record<"deny" | "allow" | "github", AddressSets>>;
}

/** Versions of the groups that have any; a group without one follows AWS. The lists of addresses have none. */
export type GroupVersions = { readonly [G in ContentGroup]?: string | undefined };
type ContentGroup = Exclude<ManagedGroup, "AWSManagedRulesAmazonIpReputationList" | "AWSManagedRulesAnonymousIpList">;

/** AWS WAF keeps the two families in separate sets. */
export interface AddressSets {
  readonly v4: string;
  readonly v6: string;
}

const anonymous = "AWSManagedRulesAnonymousIpList";
const common = "AWSManagedRulesCommonRuleSet";
const knownBadInputs = "AWSManagedRulesKnownBadInputsRuleSet";
const linux = "AWSManagedRulesLinuxRuleSet";
const sqli = "AWSManagedRulesSQLiRuleSet";

/** Rules over bodies. Code under review looks like an attack, so they label, and `reblock-…` decides by path. */
const bodyRules = {
  common: ["CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "EC2MetaDataSSRF_BODY"],
  knownBadInputs: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
  sqli: ["SQLi_BODY", "SQLiExtendedPatterns_BODY"],
} as const;

const bodySignatureLabels = [
  ...bodyRules.common.map((rule) => labelOf(common, rule)),
  ...bodyRules.knownBadInputs.map((rule) => labelOf(knownBadInputs, rule)),
  ...bodyRules.sqli.map((rule) => labelOf(sqli, rule)),
];

const signature = "^sha256=[0-9a-f]{64}$";
const bearer = "^[Bb]earer [A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$";
// The first bytes of {"alg":"none", in three spellings, and of {"typ":"JWT","alg":"none".
const unsigned = "^[Bb]earer (eyJhbGciOiJub25l|eyJhbGciOiJOb25l|eyJhbGciOiJOT05F|eyJ0eXAiOiJKV1QiLCJhbGciOiJub25l)";

/** The firewall of the API, in order; 1,483 of the 1,500 capacity units that the base price covers.
 *
 * Every exception is a label or a path that a later rule reads: no rule allows, so none is skipped. Webhooks and
 * submissions may carry code of any size; anywhere else the same body is refused.
 */
export function apiRules(settings: ApiRuleSettings): readonly WebAclRule[] {
  const { pathPrefix, rateWindowSeconds: windowSeconds, ipSetArns } = settings;
  const github = `${pathPrefix}/webhooks/github`;
  const spacelift = `${pathPrefix}/webhooks/spacelift`;
  const api = startsWith(path, `${pathPrefix}/api/`);
  const webhooks = `^${pathPrefix}/webhooks/(github|spacelift)$`;
  const isWebhook = matches(path, webhooks);
  const carriesCode = matches(path, `${webhooks}|^${pathPrefix}/api/v1/reviews$`);
  const from = ({ v4, v6 }: AddressSets) => or(fromAddresses(v4), fromAddresses(v6));
  const trusted = hasLabel("trusted-source");
  const forbidden = { block: "forbidden" } as const;
  const tooMany = { block: "too-many-requests", retryAfterSeconds: windowSeconds } as const;
  const group = <G extends ContentGroup>(priority: number, name: string, group: G, count: readonly RuleOf<G>[]) => {
    const version = settings.groupVersions[group];
    return { priority, name, group, count, ...(version ? { version } : {}) };
  };

  return [
    { priority: 0, name: "ip-deny", statement: from(ipSetArns.deny), action: forbidden },
    {
      priority: 10,
      name: "ip-allow-label",
      statement: from(ipSetArns.allow),
      action: "count",
      label: "trusted-source",
    },
    {
      priority: 20,
      name: "geo-block",
      statement: and(fromCountries(settings.blockedCountries), not(trusted), not(isWebhook)),
      action: forbidden,
    },
    {
      priority: 30,
      name: "require-user-agent",
      statement: not(longerThan(header("user-agent"), 0)),
      action: forbidden,
    },
    {
      priority: 40,
      name: "webhook-method",
      statement: and(startsWith(path, `${pathPrefix}/webhooks/`), not(equals(method, "POST"))),
      action: { block: "method-not-allowed" },
    },
    {
      priority: 50,
      name: "webhook-signature-shape",
      statement: or(
        and(equals(path, github), not(matches(header("x-hub-signature-256"), signature))),
        and(equals(path, spacelift), not(matches(header("x-signature-256"), signature))),
      ),
      action: { block: "unauthorized" },
    },
    {
      priority: 52,
      name: "webhook-github-source",
      statement: and(
        equals(path, github),
        not(fromAddresses(ipSetArns.github.v4)),
        not(fromAddresses(ipSetArns.github.v6)),
      ),
      action: settings.githubSource === "block" ? forbidden : "count",
    },
    {
      priority: 60,
      name: "api-token-shape",
      statement: or(
        and(api, not(equals(method, "OPTIONS")), not(matches(header("authorization"), bearer))),
        matches(header("authorization"), unsigned),
      ),
      action: { block: "unauthorized" },
    },
    {
      priority: 70,
      name: "rate-ip-global",
      statement: { limit: settings.ratePerIp, windowSeconds, key: "IP", scope: and(not(trusted), not(isWebhook)) },
      action: tooMany,
    },
    {
      priority: 71,
      name: "rate-ip-writes",
      statement: {
        limit: settings.writeRatePerIp,
        windowSeconds,
        key: "IP",
        scope: and(not(trusted), not(isWebhook), matches(method, "^(POST|PUT|PATCH|DELETE)$")),
      },
      action: tooMany,
    },
    {
      priority: 72,
      name: "rate-webhooks",
      statement: { limit: settings.webhookRatePerIp, windowSeconds, key: "IP", scope: isWebhook },
      // Spacelift repeats a delivery after a 5xx only.
      action: { block: "try-again", retryAfterSeconds: 60 },
    },
    {
      priority: 73,
      name: "rate-api-token",
      statement: { limit: settings.ratePerToken, windowSeconds, key: { header: "authorization" }, scope: api },
      action: tooMany,
    },
    { priority: 100, name: "aws-ip-reputation", group: "AWSManagedRulesAmazonIpReputationList", count: [] },
    ...anonymousIpRules(settings),
    group(110, "aws-known-bad-inputs", knownBadInputs, bodyRules.knownBadInputs),
    group(120, "aws-common", common, ["SizeRestrictions_BODY", ...bodyRules.common]),
    group(130, "aws-sqli", sqli, bodyRules.sqli),
    group(140, "aws-linux", linux, []),
    {
      priority: 200,
      name: "reblock-body-signatures",
      statement: and(or(...bodySignatureLabels.map(hasLabel)), not(carriesCode)),
      action: forbidden,
    },
    {
      priority: 210,
      name: "reblock-body-size",
      statement: and(hasLabel(labelOf(common, "SizeRestrictions_BODY")), not(carriesCode)),
      action: { block: "too-large" },
    },
  ];
}

/** GitHub and Spacelift call from clouds, and developers through VPNs: the list itself never blocks. */
function anonymousIpRules(settings: ApiRuleSettings): WebAclRule[] {
  const list: WebAclRule = {
    priority: 105,
    name: "aws-anonymous-ip",
    group: anonymous,
    count: ["AnonymousIPList", "HostingProviderIPList"],
  };
  if (settings.anonymousIp === "off") return [];
  if (settings.anonymousIp === "count") return [list];
  const { anonymousRatePerIp: limit, rateWindowSeconds: windowSeconds } = settings;
  return [
    list,
    {
      priority: 106,
      name: "rate-anonymous-ip",
      statement: { limit, windowSeconds, key: "IP", scope: hasLabel(labelOf(anonymous, "AnonymousIPList")) },
      action: { block: "too-many-requests", retryAfterSeconds: windowSeconds },
    },
  ];
}
