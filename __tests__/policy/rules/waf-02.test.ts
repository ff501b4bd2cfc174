import { waf02 } from "../../../src/policy/rules/waf-02-floods-are-blocked";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const rate = (
  statement: JsonObject = { aggregate_key_type: "IP" },
  action: JsonObject = { block: {} },
): JsonObject => ({
  action,
  statement: { rate_based_statement: { limit: 2000, ...statement } },
});
const geo: JsonObject = { action: { count: {} }, statement: { geo_match_statement: { country_codes: ["KP"] } } };
const agent = (action: JsonObject = { block: {} }, name = "user-agent"): JsonObject => ({
  action,
  statement: {
    not_statement: {
      statement: [{ size_constraint_statement: { field_to_match: { single_header: { name } }, size: 0 } }],
    },
  },
});
const acl = (rule: JsonObject[], scope = "REGIONAL") => found(waf02, { aws_wafv2_web_acl: { api: { scope, rule } } });

describe("WAF-02", () => {
  it("lets an ACL be that limits addresses, looks at countries and blocks by user agent", () => {
    expect(acl([rate(), geo, agent()])).toEqual([]);
    expect(acl([rate({}), geo, agent({ block: [{}] }, "User-Agent")])).toEqual([]);
    expect(acl([rate({ aggregate_key_type: "${var.key}" }), geo, agent({ block: {} }, "${var.header}")])).toEqual([]);
  });

  it("asks of a distribution's ACL for the limit only", () => {
    expect(acl([rate()], "CLOUDFRONT")).toEqual([]);
    expect(acl([], "CLOUDFRONT")).toEqual(["aws_wafv2_web_acl.api blocks no address that asks too often."]);
  });

  it.each([
    ["is missing", []],
    ["counts only", [rate({}, { count: {} })]],
    ["is by another key", [rate({ aggregate_key_type: "CUSTOM_KEYS" })]],
  ])("finds that the limit by address %s", (_, rules) => {
    expect(acl([...rules, geo, agent()])).toEqual(["aws_wafv2_web_acl.api blocks no address that asks too often."]);
  });

  it("finds a geo match at any depth, and its absence", () => {
    const { statement } = geo;
    const nested = {
      action: { block: {} },
      statement: [{ and_statement: { statement: [{ not_statement: { statement } }] } }],
    };
    expect(acl([rate(), nested as JsonObject, agent()])).toEqual([]);
    expect(acl([rate(), agent()])).toEqual(["aws_wafv2_web_acl.api looks at no country."]);
  });

  it.each([
    ["is missing", []],
    ["counts only", [agent({ count: {} })]],
    ["is about another header", [agent({ block: {} }, "referer")]],
  ])("finds that the rule on the user agent %s", (_, rules) => {
    expect(acl([rate(), geo, ...rules])).toEqual(["aws_wafv2_web_acl.api blocks by no user agent."]);
  });
});
