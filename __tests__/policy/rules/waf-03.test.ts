import { waf03 } from "../../../src/policy/rules/waf-03-every-rule-decides";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const own = { statement: { geo_match_statement: { country_codes: ["KP"] } } };
const managed = { statement: [{ managed_rule_group_statement: [{ name: "X", vendor_name: "AWS" }] }] };
const referred = { statement: { rule_group_reference_statement: { arn: "${aws_wafv2_rule_group.own.arn}" } } };
const acl = (rule: JsonObject) => found(waf03, { aws_wafv2_web_acl: { api: { rule: [{ name: "one", ...rule }] } } });

describe("WAF-03", () => {
  it.each([
    ["a rule with an action", { ...own, action: { block: {} } }],
    ["a rule with an action in lists", { ...own, action: [{ captcha: [{}] }] }],
    ["a managed group that is overridden by none", { ...managed, override_action: { none: {} } }],
    ["a group of its own that only counts", { ...referred, override_action: { count: {} } }],
  ])("lets %s be", (_, rule) => {
    expect(acl(rule)).toEqual([]);
  });

  it.each([
    ["a rule without any", own, ["has no action."]],
    ["a rule with an empty action", { ...own, action: {} }, ["has no action."]],
    [
      "a rule with the wrong one",
      { ...own, override_action: { none: {} } },
      ["has no action.", "has an override_action."],
    ],
    ["a rule with both", { ...own, action: { block: {} }, override_action: { none: {} } }, ["has an override_action."]],
    ["a group without any", managed, ["has no override_action."]],
    ["a group with both", { ...referred, override_action: { none: {} }, action: { block: {} } }, ["has an action."]],
  ])("finds %s", (_, rule, messages) => {
    expect(acl(rule)).toEqual(messages.map((message) => `aws_wafv2_web_acl.api its rule one ${message}`));
  });

  it("judges rule groups too", () => {
    expect(found(waf03, { aws_wafv2_rule_group: { own: { rule: own } } })).toEqual([
      "aws_wafv2_rule_group.own its rule rule[0] has no action.",
    ]);
  });
});
