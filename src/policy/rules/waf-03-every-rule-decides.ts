import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const groupStatements = ["managed_rule_group_statement", "rule_group_reference_statement"] as const;

export const waf03: SecurityRule = {
  id: "WAF-03",
  scope: "resource",
  demand: "Each rule of a web ACL has exactly one of action and override_action, the second exactly for rule groups.",
  why: "A rule without the right one of the two is refused by AWS, or decides nothing.",
  covers: ["CKV_AWS_342"],
  *check(look) {
    for (const acl of look.resources("aws_wafv2_web_acl", "aws_wafv2_rule_group")) {
      for (const rule of look.blocks(acl, "rule")) {
        const [right, wrong] = isForGroup(look, rule) ? ["override_action", "action"] : ["action", "override_action"];
        const called = `its rule ${look.text(rule, "name") ?? rule.address.slice(acl.address.length + 1)}`;
        if (!isDecided(look, rule, right)) {
          yield { at: acl, message: `${called} has no ${right}.`, fix: `Give the rule an ${right}.` };
        }
        if (isDecided(look, rule, wrong)) {
          yield { at: acl, message: `${called} has an ${wrong}.`, fix: `Remove ${wrong}; keep ${right} alone.` };
        }
      }
    }
  },
};

const isForGroup = (look: Look, rule: Block): boolean =>
  look
    .blocks(rule, "statement")
    .some((statement) => groupStatements.some((name) => look.blocks(statement, name).length > 0));

/** Whether the block says what to do: an empty one does not. */
const isDecided = (look: Look, rule: Block, attribute: string): boolean =>
  look
    .blocks(rule, attribute)
    .some((action) => Object.keys(action.attributes).some((kind) => look.blocks(action, kind).length > 0));
