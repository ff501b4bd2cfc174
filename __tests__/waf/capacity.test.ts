import { estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { ruleCapacities } from "../../src/waf/capacity";
import { firewallCheck } from "../../src/waf/firewall-check";
import { firewallTables } from "../../src/waf/firewall-table";
import { example } from "../support/examples";

const estate = (acl: JsonObject) => estateOf([stackFacts("service", { resource: { aws_wafv2_web_acl: { acl } } })]);
const asSent = [{ priority: 0, type: "NONE" }];

function total(...statements: JsonObject[]): number {
  const rule = statements.map((statement, priority) => ({ name: `rule-${priority}`, priority, statement }));
  const [acl] = managedResources(estate({ rule }));
  if (acl === undefined) throw new Error("The web ACL is not there.");
  return ruleCapacities(acl).reduce((sum, { capacityUnits }) => sum + capacityUnits, 0);
}

const group = (name: string) => ({ managed_rule_group_statement: { vendor_name: "AWS", name } });
const common = group("AWSManagedRulesCommonRuleSet");
const bytes = (field: JsonObject, position: string, type = "NONE") => ({
  byte_match_statement: {
    field_to_match: field,
    positional_constraint: position,
    search_string: "text",
    text_transformation: [{ priority: 0, type }],
  },
});
const everyHeader = { headers: { match_pattern: { all: {} }, match_scope: "KEY", oversize_handling: "CONTINUE" } };
const everyCookie = { cookies: { match_pattern: { all: {} }, match_scope: "KEY", oversize_handling: "CONTINUE" } };
const countries = { geo_match_statement: { country_codes: ["NL", "GB", "US"] } };
const ipSet = { arn: "arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/custom/0" };
const rate = (scope?: JsonObject) => ({
  rate_based_statement: { limit: 100, aggregate_key_type: "IP", ...(scope ? { scope_down_statement: scope } : {}) },
});

/** Capacities that AWS reported for these rules; the public test suite of umotif-public/terraform-aws-waf-webaclv2. */
describe("capacities that AWS has reported are met exactly", () => {
  test("byte matches on path, body, method, one header, all headers and all cookies: 756", () => {
    const units = total(
      common,
      bytes({ uri_path: {} }, "STARTS_WITH"),
      bytes({ body: {} }, "CONTAINS"),
      bytes({ method: {} }, "EXACTLY", "LOWERCASE"),
      bytes({ single_header: { name: "username" } }, "EXACTLY", "LOWERCASE"),
      { not_statement: { statement: [bytes(everyHeader, "CONTAINS")] } },
      bytes(everyCookie, "CONTAINS"),
    );

    expect(units).toBe(756);
  });

  test("countries: 701", () => {
    expect(total(common, countries)).toBe(701);
  });

  test("address sets and rates: 728", () => {
    const units = total(
      common,
      rate({ not_statement: { statement: [bytes({ uri_path: {} }, "STARTS_WITH")] } }),
      rate({
        or_statement: {
          statement: [bytes({ uri_path: {} }, "STARTS_WITH"), bytes({ body: {} }, "CONTAINS"), countries],
        },
      }),
      { ip_set_reference_statement: ipSet },
      { ip_set_reference_statement: ipSet },
      {
        ip_set_reference_statement: {
          ...ipSet,
          ip_set_forwarded_ip_config: { header_name: "X-Forwarded-For", position: "ANY" },
        },
      },
      rate(),
    );

    expect(units).toBe(728);
  });
});

it("a rate by header costs 30 for its key and 10 for each transformation", () => {
  const keyed = (type: string) =>
    total({
      rate_based_statement: {
        limit: 100,
        aggregate_key_type: "CUSTOM_KEYS",
        custom_key: [{ header: { name: "authorization", text_transformation: [{ priority: 0, type }] } }],
      },
    });

  expect([keyed("NONE"), keyed("LOWERCASE")]).toEqual([32, 42]);
});

it.each<[string, JsonObject, number]>([
  ["cross-site scripting", { xss_match_statement: { field_to_match: { body: {} }, text_transformation: asSent } }, 40],
  ["SQL injection", { sqli_match_statement: { field_to_match: { body: {} }, text_transformation: asSent } }, 20],
  [
    "SQL injection, strictly",
    { sqli_match_statement: { field_to_match: { body: {} }, sensitivity_level: "HIGH", text_transformation: asSent } },
    30,
  ],
  ["a JSON body", bytes({ json_body: { match_scope: "ALL" } }, "EXACTLY", "LOWERCASE"), 14],
  ["all query arguments", bytes({ all_query_arguments: {} }, "EXACTLY"), 12],
  [
    "a set of patterns",
    {
      regex_pattern_set_reference_statement: {
        arn: "x",
        field_to_match: { uri_path: {} },
        text_transformation: asSent,
      },
    },
    25,
  ],
])("%s costs what AWS says", (_what, statement, units) => {
  expect(total(statement)).toBe(units);
});

describe("what has no known capacity", () => {
  it.each([
    [{ rule_group_reference_statement: {} }, "rule_group_reference_statement is not one statement of a known capacity"],
    [bytes({ uri_fragment: {} }, "EXACTLY"), "uri_fragment is not one component of a known capacity"],
    [group("AWSManagedRulesATPRuleSet"), "group AWSManagedRulesATPRuleSet is missing or not known"],
    [{ ...countries, ...common }, "is not one statement of a known capacity"],
  ])("is refused, not counted as nothing", (statement, message) => {
    expect(() => total(statement)).toThrow(message);
    expect(firewallCheck(estate({ name: "x", rule: [{ name: "r", priority: 0, statement }] })).findings).toHaveLength(
      1,
    );
  });
});

describe("the check", () => {
  it.each([
    ["production", ["acme-production-api", "REGIONAL", "1483", "acme-production-ui", "CLOUDFRONT", "277"]],
    ["staging", ["acme-staging-api", "REGIONAL", "1483", "acme-staging-ui", "CLOUDFRONT", "277"]],
  ])("finds the firewalls of %s within the base price", (environment, wanted) => {
    const { estate } = example(environment);
    const { findings, table } = firewallCheck(estate);
    const units = firewallTables(estate).flatMap(({ name, scope, rows }) => [
      name,
      scope,
      String(rows.slice(1).reduce((sum, row) => sum + Number(row[3]), 0)),
    ]);

    expect(findings).toEqual([]);
    expect(units).toEqual(wanted);
    expect(table).toHaveLength(25);
  });

  it("says which web ACL is above it, what it cannot read, and that none is there", () => {
    const rule = [common, common, group("AWSManagedRulesSQLiRuleSet")].map((statement, priority) => ({
      name: `rule-${priority}`,
      priority,
      statement,
      override_action: { none: {} },
    }));
    const large = { name: "large", scope: "REGIONAL", default_action: { allow: {} }, rule };

    expect(firewallCheck(estate(large)).findings).toEqual([
      "large uses 1600 capacity units, and more cost extra for every request; at most 1500 are allowed.",
    ]);
    expect(firewallCheck(estate({ ...large, rule_json: "[]" })).findings).toHaveLength(1);
    expect(firewallCheck(estateOf([])).findings).toEqual(["There is no web ACL in the JSON."]);
  });
});
