import type { JsonObject } from "../../src/terraform/json";
import { UnreadableError } from "../../src/terraform/unreadable";
import { acl, aclJson, bytes, group, readAclJson, rule } from "./acl";

const path = { uri_path: {} };
const rate = (more: JsonObject) => ({ rate_based_statement: { limit: 10, aggregate_key_type: "IP", ...more } });
const at = "aws_wafv2_web_acl.acl.rule[0]";

/** What the evaluator must not guess about: each is named with its rule and its place in the JSON. */
const refused: [what: string, given: JsonObject, message: string][] = [
  [
    "a JSON body",
    bytes({ json_body: { match_scope: "ALL" } }, "EXACTLY", "x"),
    `rule odd, ${at}.statement.byte_match_statement.field_to_match: json_body is not one component that is known`,
  ],
  [
    "cross-site scripting",
    { xss_match_statement: {} },
    `rule odd, ${at}.statement: xss_match_statement is not one statement`,
  ],
  [
    "SQL injection",
    { sqli_match_statement: {} },
    `rule odd, ${at}.statement: sqli_match_statement is not one statement`,
  ],
  ["a set of patterns", { regex_pattern_set_reference_statement: {} }, `rule odd, ${at}.statement: regex_pattern_set`],
  [
    "two statements in one",
    { ...bytes(path, "EXACTLY", "x"), geo_match_statement: {} },
    "byte_match_statement, geo_match_statement is not one",
  ],
  [
    "an unknown transformation",
    bytes(path, "EXACTLY", "x", [{ priority: 0, type: "BASE64_DECODE" }]),
    `${at}.statement.byte_match_statement.text_transformation[0].type: the effect of BASE64_DECODE is not known`,
  ],
  [
    "a foreign address set",
    { ip_set_reference_statement: { arn: "arn:aws:wafv2:us-east-1:111122223333:regional/ipset/x/1" } },
    `${at}.statement.ip_set_reference_statement.arn: it must be the ARN of an aws_wafv2_ip_set of the same JSON`,
  ],
  [
    "an address behind a proxy",
    { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.office.arn}", ip_set_forwarded_ip_config: {} } },
    "ip_set_forwarded_ip_config is not known; known are arn",
  ],
  [
    "a label of a namespace",
    { label_match_statement: { key: "a:", scope: "NAMESPACE" } },
    "NAMESPACE is not known; known is LABEL",
  ],
  ["a position", bytes(path, "CONTAINS_WORD", "x"), "CONTAINS_WORD is not known; known are EXACTLY"],
  [
    "a look-ahead",
    {
      regex_match_statement: {
        field_to_match: path,
        regex_string: "^(?!/x)",
        text_transformation: [{ priority: 0, type: "NONE" }],
      },
    },
    "may mean something else to AWS WAF",
  ],
  [
    "a key of a rate",
    rate({ aggregate_key_type: "CUSTOM_KEYS", custom_key: [{ cookie: { name: "c" } }] }),
    "cookie is not one key that is known",
  ],
  ["a window", rate({ evaluation_window_sec: 200 }), "a window of 200 s is refused; allowed: 60, 120, 300, 600"],
  ["a rate over everybody", rate({ aggregate_key_type: "CONSTANT" }), "CONSTANT needs a scope_down_statement"],
];

it.each(refused)("%s is refused with its rule and place", (_what, statement, message) => {
  expect(() => acl(rule("odd", 1, statement))).toThrow(UnreadableError);
  expect(() => acl(rule("odd", 1, statement))).toThrow(message);
});

it.each<[string, JsonObject, string]>([
  [
    "an action",
    { action: { captcha: {} } },
    "rule odd, aws_wafv2_web_acl.acl.rule[0].action: captcha is not one action that is known: block, count, allow",
  ],
  ["a part of a rule", { captcha_config: {} }, "captcha_config is not known"],
  ["no action", { action: null }, "action is missing"],
  ["an override without a group", { override_action: { none: {} } }, "only a group takes an override_action"],
])("%s is refused", (_what, more, message) => {
  expect(() => acl(rule("odd", 1, bytes(path, "EXACTLY", "x"), more))).toThrow(message);
});

it.each<[string, JsonObject, string]>([
  [
    "whose rules are not known",
    group("odd", 1, "AWSManagedRulesBotControlRuleSet", []),
    "the rules of the group AWS AWSManagedRulesBotControlRuleSet are not known",
  ],
  [
    "with an override that AWS would ignore",
    group("odd", 1, "AWSManagedRulesCommonRuleSet", ["SQLi_BODY"]),
    "has no rule SQLi_BODY; AWS would ignore it",
  ],
  [
    "with an action",
    group("odd", 1, "AWSManagedRulesCommonRuleSet", [], { action: { block: {} } }),
    "a group takes an override_action and no action",
  ],
])("a group %s is refused", (_what, given, message) => {
  expect(() => acl(given)).toThrow(message);
});

it.each<[string, JsonObject, string]>([
  ["an unknown key", { token_domains: ["example.com"] }, "aws_wafv2_web_acl.acl: token_domains is not known"],
  ["rules as JSON in a text", { rule_json: "[]" }, "rule_json is not known"],
  [
    "a limit of the body",
    { association_config: { request_body: [{ api_gateway: { default_size_inspection_limit: "KB_1" } }] } },
    "KB_1 is missing or not known",
  ],
])("a web ACL with %s is refused", (_what, more, message) => {
  expect(() => readAclJson(aclJson([], more))).toThrow(message);
});

it("two rules of one priority are refused: which comes first is not said", () => {
  const each = (name: string) => rule(name, 1, bytes(path, "EXACTLY", "x"));

  expect(() => acl(each("one"), each("two"))).toThrow("two rules have the priority 1");
});

it("labels of rules need the account, which is in the provider", () => {
  const json = aclJson([rule("mark", 1, bytes(path, "EXACTLY", "x"), { rule_label: [{ name: "seen" }] })]);

  expect(() => readAclJson({ ...json, provider: {} })).toThrow(
    "the account, in allowed_account_ids of the provider, is missing",
  );
});
