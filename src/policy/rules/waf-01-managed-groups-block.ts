import type { Block, Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule, Weakness } from "../security-rule";
import { blocksWithin, decides } from "../web-acl-rules";

const knownBadInputs = "AWSManagedRulesKnownBadInputsRuleSet";

const wanted: Readonly<Record<string, readonly string[]>> = {
  REGIONAL: [
    "AWSManagedRulesCommonRuleSet",
    knownBadInputs,
    "AWSManagedRulesSQLiRuleSet",
    "AWSManagedRulesLinuxRuleSet",
  ],
  CLOUDFRONT: [knownBadInputs],
};

export const waf01: SecurityRule = {
  id: "WAF-01",
  scope: "resource",
  demand:
    "A web ACL blocks by the managed groups: known bad inputs everywhere, the common, SQL and Linux groups before an API too, and Log4j probes always.",
  why: "Attacks that AWS knows by their look reach the application.",
  covers: ["CKV_AWS_175", "CKV_AWS_192"],
  *check(look) {
    for (const acl of look.resources("aws_wafv2_web_acl")) {
      const rules = look.blocks(acl, "rule");
      const entries = rules.flatMap((rule) => groupsOf(look, rule).map((group) => ({ rule, group })));
      for (const name of wanted[look.text(acl, "scope") ?? ""] ?? []) {
        const named = entries.filter(({ group }) => look.holds(group, "name", (written) => written === name));
        if (named.length === 0) {
          const fix = `Add a rule with managed_rule_group_statement ${name} of AWS and override_action none.`;
          yield { at: acl, message: `does not name ${name}.`, fix };
        } else if (!named.some(({ rule }) => decides(look, rule, "override_action", "none"))) {
          const fix = "Set the rule's override_action to none.";
          yield { at: acl, message: `names ${name} without letting it block.`, fix };
        }
      }
      yield* log4jHoles(look, acl, rules, entries);
    }
  },
};

const groupsOf = (look: Look, rule: Block): Block[] =>
  look
    .blocks(rule, "statement")
    .flatMap((statement) => look.blocks(statement, "managed_rule_group_statement"))
    .filter((group) => !look.isSet(group, "vendor_name") || look.holds(group, "vendor_name", (name) => name === "AWS"));

/** A rule of the group that is overridden still counts as blocking where another rule blocks by the label it sets. */
function* log4jHoles(look: Look, acl: Resource, rules: readonly Block[], entries: readonly { group: Block }[]) {
  const found = (name: string, how: string): Weakness => {
    return { at: acl, message: `${how} ${name}.`, fix: `Remove ${name} from the group's exceptions.` };
  };
  const isLog4j = (name: string | undefined): name is string => name?.startsWith("Log4JRCE") === true;
  for (const { group } of entries) {
    for (const name of look.blocks(group, "excluded_rule").map((rule) => look.text(rule, "name"))) {
      if (isLog4j(name)) yield found(name, "excludes");
    }
    for (const override of look.blocks(group, "rule_action_override")) {
      const name = look.text(override, "name");
      const isBlocking = look.blocks(override, "action_to_use").some((use) => look.blocks(use, "block").length > 0);
      if (isLog4j(name) && !isBlocking && !rules.some((rule) => blocksByLabel(look, rule, name)))
        yield found(name, "lets pass what is found by");
    }
  }
}

const blocksByLabel = (look: Look, rule: Block, name: string): boolean =>
  decides(look, rule, "action", "block") &&
  [...blocksWithin(look, rule, "label_match_statement")].some((match) =>
    look.holds(match, "key", (key) => String(key).toLowerCase().endsWith(`:${name.toLowerCase()}`)),
  );
