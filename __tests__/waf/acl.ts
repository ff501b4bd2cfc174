import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { type Decision, evaluate } from "../../src/waf/evaluate";
import { computedHits } from "../../src/waf/managed-facts";
import { RateWindows } from "../../src/waf/rate-window";
import { type Acl, readAcls } from "../../src/waf/read-acl";
import type { WafRequest } from "../../src/waf/request";

const asSent = [{ priority: 0, type: "NONE" }];
export const bytes = (field: JsonObject, position: string, search: string, steps: JsonObject[] = asSent) => ({
  byte_match_statement: {
    field_to_match: field,
    positional_constraint: position,
    search_string: search,
    text_transformation: steps,
  },
});
export const size = (field: JsonObject, operator: string, bytes: number) => ({
  size_constraint_statement: {
    field_to_match: field,
    comparison_operator: operator,
    size: bytes,
    text_transformation: asSent,
  },
});
export const pattern = (field: JsonObject, regex: string) => ({
  regex_match_statement: { field_to_match: field, regex_string: regex, text_transformation: asSent },
});
export const not = (statement: JsonObject) => ({ not_statement: { statement: [statement] } });

/** A rule of its own; it blocks unless told otherwise. */
export const rule = (name: string, priority: number, statement: JsonObject, more: JsonObject = {}): JsonObject => ({
  name,
  priority,
  statement,
  action: { block: {} },
  ...more,
});

/** A managed group; `count` names the rules that only count. */
export const group = (name: string, priority: number, managed: string, count: string[], more: JsonObject = {}) => ({
  name,
  priority,
  override_action: { none: {} },
  statement: {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name: managed,
      rule_action_override: count.map((each) => ({ name: each, action_to_use: { count: {} } })),
    },
  },
  ...more,
});

/** A web ACL called `acl` in account 111122223333, as JSON. */
export const aclJson = (rules: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  provider: { aws: [{ region: "us-east-1", allowed_account_ids: ["111122223333"] }] },
  resource: {
    aws_wafv2_ip_set: { office: { name: "office", addresses: ["192.0.2.0/24", "2001:db8::/32"] } },
    aws_wafv2_web_acl: {
      acl: { name: "acl", scope: "REGIONAL", default_action: { allow: {} }, rule: [...rules], ...more },
    },
  },
});

export function readAclJson(json: JsonObject): Acl {
  const [acl] = readAcls(estateOf([stackFacts("service", json)]));
  if (acl === undefined) throw new Error("There is no web ACL.");
  return acl;
}

export const acl = (...rules: JsonObject[]): Acl => readAclJson(aclJson(rules));

export const request = (more: Partial<WafRequest> = {}): WafRequest => ({
  method: "GET",
  path: "/",
  query: "",
  headers: [["User-Agent", "test"]],
  body: { bytes: 0 },
  sourceIp: "198.51.100.7",
  ...more,
});

/** Decides a request with these managed rules matching, and those that follow from documented sizes. */
export function decide(
  acl: Acl,
  asked: WafRequest,
  hits: readonly string[] = [],
  rates = new RateWindows(),
  now = 0,
): Decision {
  const managedHits = [...new Set([...hits, ...computedHits(acl, asked)])];
  return evaluate(acl, asked, { managedHits, now, rates });
}
