import { estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { ruleCapacities } from "../../src/waf/capacity";
import { capacityCheck } from "../../src/waf/capacity-check";
import { serviceEstate } from "../service/synthesized";

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

describe("what has no known capacity", () => {
  const [sqli, json] = [
    { sqli_match_statement: { field_to_match: { body: {} }, text_transformation: asSent } },
    bytes({ json_body: { match_scope: "ALL" } }, "EXACTLY"),
  ];

  it.each([
    [sqli, "sqli_match_statement is not one statement of a known capacity"],
    [json, "the capacity of the component json_body is not known"],
    [group("AWSManagedRulesBotControlRuleSet"), "group AWSManagedRulesBotControlRuleSet is missing or not known"],
    [{ ...countries, ...common }, "is not one statement of a known capacity"],
  ])("is refused, not counted as nothing", (statement, message) => {
    expect(() => total(statement)).toThrow(message);
    expect(capacityCheck(estate({ name: "x", rule: [{ name: "r", priority: 0, statement }] })).findings).toHaveLength(
      1,
    );
  });
});

describe("the check", () => {
  it.each(["production", "staging"])("finds the API's firewall in %s within the base price", (environment) => {
    const { findings, table } = capacityCheck(serviceEstate(environment));

    expect(findings).toEqual([]);
    expect(table.at(-1)).toEqual([`acme-${environment}-api`, "", "total", "1483"]);
  });

  it("says which web ACL is above it, and that none is there", () => {
    const rule = [common, common, group("AWSManagedRulesSQLiRuleSet")].map((statement, priority) => ({
      name: `rule-${priority}`,
      priority,
      statement,
    }));

    expect(capacityCheck(estate({ name: "large", rule })).findings).toEqual([
      "large uses 1600 capacity units; above 1500 every request costs more. Drop a rule or a text transformation.",
    ]);
    expect(capacityCheck(estateOf([])).findings).toEqual(["There is no web ACL in the JSON."]);
  });
});
