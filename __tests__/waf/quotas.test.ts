import { estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { webAclPrice } from "../../src/waf/price";
import { quotaProblems } from "../../src/waf/quotas";
import { aclJson, bytes, group, not, pattern, rule } from "./acl";

function problems(rules: JsonObject[], more: JsonObject = {}): string[] {
  const resources = managedResources(estateOf([stackFacts("service", aclJson(rules, more))]), "aws_wafv2_web_acl");
  return resources.flatMap(quotaProblems);
}

const path = { uri_path: {} };
const leaf = bytes(path, "EXACTLY", "/x");
const rate = (limit: number, scope = leaf as JsonObject) => ({
  rate_based_statement: { limit, aggregate_key_type: "IP", scope_down_statement: scope },
});
const metric = (name: string) => ({ visibility_config: { metric_name: name } });
const times = (count: number, statement: JsonObject) =>
  Array.from({ length: count }, (_, index) => rule(`r${index}`, index, statement));
const common = (priority: number) => group(`g${priority}`, priority, "AWSManagedRulesCommonRuleSet", []);

it("a web ACL within every limit has no problem", () => {
  expect(
    problems([rule("deep", 1, not(not(not(leaf)))), rule("rate", 2, rate(10, not(not(leaf)))), ...[3, 4].map(common)]),
  ).toEqual([]);
});

it.each<[string, JsonObject[], string]>([
  [
    "capacity",
    [1, 2, 3].map(common),
    "acl uses 2100 capacity units, and more cost extra for every request; at most 1500 are allowed.",
  ],
  [
    "depth",
    [rule("deep", 1, not(not(not(not(leaf)))))],
    "rule deep nests 4 levels of and, or and not; at most 3 are allowed.",
  ],
  [
    "depth of a scope",
    [rule("rate", 1, rate(10, not(not(not(leaf)))))],
    "rule rate nests 3 levels of and, or and not; at most 2 are allowed.",
  ],
  ["number of rates", times(11, rate(10)), "acl has 11 rates; at most 10 are allowed."],
  ["least rate", [rule("rate", 1, rate(9))], "rule rate has a limit of 9; AWS WAF takes 10 or more."],
  [
    "references",
    times(51, { ip_set_reference_statement: { arn: "x" } }),
    "acl has 51 references to sets; at most 50 are allowed.",
  ],
  [
    "search",
    [rule("long", 1, bytes(path, "EXACTLY", "a".repeat(201)))],
    "rule long searches for 201 bytes; at most 200 are allowed.",
  ],
  [
    "pattern",
    [rule("long", 1, pattern(path, "a".repeat(201)))],
    "rule long has a pattern of 201 characters; at most 200 are allowed.",
  ],
  ["priorities", [rule("one", 1, leaf), rule("two", 1, leaf)], "acl: two rules have the priority 1."],
  [
    "metrics",
    [rule("one", 1, leaf, metric("m")), rule("two", 2, leaf, metric("m"))],
    "acl: two rules have the metric m.",
  ],
])("beyond the limit of its %s it is refused with the number given and allowed", (_what, rules, sentence) => {
  expect(problems(rules)).toEqual([sentence]);
});

it("eleven transformations, and a response body above 4 KB, are refused", () => {
  const steps = Array.from({ length: 11 }, (_, priority) => ({ priority, type: "NONE" }));
  const large = { custom_response_body: [{ key: "large", content: "x".repeat(4097) }] };

  expect(problems([rule("many", 1, bytes(path, "EXACTLY", "/x", steps))])).toEqual([
    "rule many has 11 transformations; at most 10 are allowed.",
  ]);
  expect(problems([], large)).toEqual(["body large has 4097 bytes; at most 4096 are allowed."]);
});

it.each([
  [20, 1483, 25, 0.6],
  [4, 277, 9, 0.6],
  [1, 1500, 6, 0.6],
  [1, 1501, 6, 0.8],
  [1, 2001, 6, 1],
])(
  "%i rules of %i WCU cost %d USD a month and %d USD per million requests",
  (rules, units, monthlyUsd, usdPerMillionRequests) => {
    expect(webAclPrice(rules, units)).toEqual({ monthlyUsd, usdPerMillionRequests });
  },
);
