/** AWS's managed rule groups: capacity, label prefix and rules, in the order of AWS's pages.
 *
 * Source: AWS WAF Developer Guide, "AWS Managed Rules rule groups list". The provider and AWS ignore an override whose
 * rule name is wrong, so names come from here and from nowhere else.
 */
export const managedGroups = {
  AWSManagedRulesCommonRuleSet: {
    wcu: 700,
    labelPrefix: "core-rule-set",
    rules: [
      "NoUserAgent_HEADER",
      "UserAgent_BadBots_HEADER",
      "SizeRestrictions_QUERYSTRING",
      "SizeRestrictions_Cookie_HEADER",
      "SizeRestrictions_BODY",
      "SizeRestrictions_URIPATH",
      "EC2MetaDataSSRF_BODY",
      "EC2MetaDataSSRF_COOKIE",
      "EC2MetaDataSSRF_URIPATH",
      "EC2MetaDataSSRF_QUERYARGUMENTS",
      "GenericLFI_QUERYARGUMENTS",
      "GenericLFI_URIPATH",
      "GenericLFI_BODY",
      "RestrictedExtensions_URIPATH",
      "RestrictedExtensions_QUERYARGUMENTS",
      "GenericRFI_QUERYARGUMENTS",
      "GenericRFI_BODY",
      "GenericRFI_URIPATH",
      "CrossSiteScripting_COOKIE",
      "CrossSiteScripting_QUERYARGUMENTS",
      "CrossSiteScripting_BODY",
      "CrossSiteScripting_URIPATH",
    ],
  },
  AWSManagedRulesKnownBadInputsRuleSet: {
    wcu: 200,
    labelPrefix: "known-bad-inputs",
    rules: [
      "JavaDeserializationRCE_HEADER",
      "JavaDeserializationRCE_BODY",
      "JavaDeserializationRCE_URIPATH",
      "JavaDeserializationRCE_QUERYSTRING",
      "Host_localhost_HEADER",
      "PROPFIND_METHOD",
      "ExploitablePaths_URIPATH",
      "Log4JRCE_HEADER",
      "Log4JRCE_QUERYSTRING",
      "Log4JRCE_BODY",
      "Log4JRCE_URIPATH",
      "ReactJSRCE_BODY",
    ],
  },
  AWSManagedRulesSQLiRuleSet: {
    wcu: 200,
    labelPrefix: "sql-database",
    rules: [
      "SQLi_QUERYARGUMENTS",
      "SQLiExtendedPatterns_QUERYARGUMENTS",
      "SQLi_BODY",
      "SQLiExtendedPatterns_BODY",
      "SQLi_COOKIE",
      "SQLi_URIPATH",
    ],
  },
  AWSManagedRulesLinuxRuleSet: {
    wcu: 200,
    labelPrefix: "linux-os",
    rules: ["LFI_URIPATH", "LFI_QUERYSTRING", "LFI_HEADER"],
  },
  AWSManagedRulesAmazonIpReputationList: {
    wcu: 25,
    labelPrefix: "amazon-ip-list",
    rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
  },
  AWSManagedRulesAnonymousIpList: {
    wcu: 50,
    labelPrefix: "anonymous-ip-list",
    rules: ["AnonymousIPList", "HostingProviderIPList"],
  },
} as const;

export type ManagedGroup = keyof typeof managedGroups;
export type RuleOf<G extends ManagedGroup> = (typeof managedGroups)[G]["rules"][number];

export const isManagedGroup = (name: string): name is ManagedGroup => Object.hasOwn(managedGroups, name);

/** Capacity of groups that are priced but not used here; their rules are not known. */
export const otherGroupUnits: Readonly<Record<string, number>> = {
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesBotControlRuleSet: 50,
};

/** Rules that AWS itself sets to count; all others block. */
export const observedByAws: readonly string[] = ["AWSManagedIPDDoSList"];

/** Names of rules whose label is not spelled by the rule below. */
const labelExceptions = {
  UserAgent_BadBots_HEADER: "BadBots_Header",
  Host_localhost_HEADER: "Host_Localhost_Header",
  PROPFIND_METHOD: "Propfind_Method",
} as const;

const labelSuffixes = {
  HEADER: "Header",
  BODY: "Body",
  COOKIE: "Cookie",
  URIPATH: "URIPath",
  QUERYSTRING: "QueryString",
  QUERYARGUMENTS: "QueryArguments",
} as const;

type Suffixes = typeof labelSuffixes;
type Suffixed<R extends string> = {
  [S in keyof Suffixes]: R extends `${infer Head}_${S}` ? `${Head}_${Suffixes[S]}` : never;
}[keyof Suffixes];
type LabelName<R extends string> = R extends keyof typeof labelExceptions
  ? (typeof labelExceptions)[R]
  : [Suffixed<R>] extends [never]
    ? R
    : Suffixed<R>;

/** Full name of the label of a rule in the catalogue; the compiler knows them all. */
export type ManagedLabel = {
  [G in ManagedGroup]: `awswaf:managed:aws:${(typeof managedGroups)[G]["labelPrefix"]}:${LabelName<RuleOf<G>>}`;
}[ManagedGroup];

/** Full name of the label that a managed rule puts on a request it matches; labels are case-sensitive. */
export const labelOf = <G extends ManagedGroup>(group: G, rule: RuleOf<G>) => spelledLabel(group, rule) as ManagedLabel;

/** The same for a name that was read. */
export function spelledLabel(group: ManagedGroup, rule: string): string {
  const cut = rule.lastIndexOf("_") + 1;
  const suffix = entry(labelSuffixes, rule.slice(cut));
  const name = entry(labelExceptions, rule) ?? (suffix === undefined ? rule : rule.slice(0, cut) + suffix);
  return `awswaf:managed:aws:${managedGroups[group].labelPrefix}:${name}`;
}

const entry = (table: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(table, key) ? table[key] : undefined;
