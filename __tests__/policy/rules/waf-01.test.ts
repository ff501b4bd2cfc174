import { waf01 } from "../../../src/policy/rules/waf-01-managed-groups-block";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const group = (noun: string, more: JsonObject = {}, override: JsonObject = { none: {} }): JsonObject => ({
  name: noun,
  override_action: override,
  statement: { managed_rule_group_statement: { name: `AWSManagedRules${noun}RuleSet`, vendor_name: "AWS", ...more } },
});
const all = ["Common", "KnownBadInputs", "SQLi", "Linux"];
const acl = (rule: JsonObject[] | JsonObject, scope = "REGIONAL") =>
  found(waf01, { aws_wafv2_web_acl: { api: { scope, rule } } });
const countLog4j = { rule_action_override: [{ name: "Log4JRCE_BODY", action_to_use: { count: {} } }] };
const reblock = (key: string, action: JsonObject): JsonObject => ({
  name: "reblock",
  action,
  statement: { and_statement: { statement: [{ label_match_statement: { key, scope: "LABEL" } }] } },
});
const others = all.filter((noun) => noun !== "KnownBadInputs").map((noun) => group(noun));
const log4jLabel = "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Body";

describe("WAF-01", () => {
  it("lets an API's ACL be that blocks by all four groups", () => {
    expect(acl(all.map((noun) => group(noun)))).toEqual([]);
  });

  it("asks of a distribution's ACL for known bad inputs only, and reads blocks written either way", () => {
    expect(acl(group("KnownBadInputs"), "CLOUDFRONT")).toEqual([]);
    const listed = { ...group("KnownBadInputs"), override_action: [{ none: [{}] }] };
    expect(acl([listed], "CLOUDFRONT")).toEqual([]);
  });

  it("takes a group's name that it cannot follow for right", () => {
    expect(acl([group("KnownBadInputs", { name: "${var.group}" })], "CLOUDFRONT")).toEqual([]);
  });

  it.each(all)("finds that the %s group is missing", (missing) => {
    expect(acl(all.filter((noun) => noun !== missing).map((noun) => group(noun)))).toEqual([
      `aws_wafv2_web_acl.api does not name AWSManagedRules${missing}RuleSet.`,
    ]);
  });

  it.each(all)("finds that the %s group counts only", (weak) => {
    expect(acl(all.map((noun) => group(noun, {}, noun === weak ? { count: {} } : { none: {} })))).toEqual([
      `aws_wafv2_web_acl.api names AWSManagedRules${weak}RuleSet without letting it block.`,
    ]);
  });

  it("takes no group of another vendor for that of AWS", () => {
    expect(acl([group("KnownBadInputs", { vendor_name: "Somebody" })], "CLOUDFRONT")).toEqual([
      "aws_wafv2_web_acl.api does not name AWSManagedRulesKnownBadInputsRuleSet.",
    ]);
  });

  it("finds that Log4j probes are excluded", () => {
    const excluded = group("KnownBadInputs", { excluded_rule: { name: "Log4JRCE_HEADER" } });
    expect(acl([...others, excluded])).toEqual(["aws_wafv2_web_acl.api excludes Log4JRCE_HEADER."]);
    expect(acl([...others, group("KnownBadInputs", { excluded_rule: [{ name: "Host_localhost_HEADER" }] })])).toEqual(
      [],
    );
  });

  it("finds that Log4j probes are counted and pass, unless another rule blocks them by their label", () => {
    const counted = group("KnownBadInputs", countLog4j);
    const message = "aws_wafv2_web_acl.api lets pass what is found by Log4JRCE_BODY.";
    expect(acl([...others, counted])).toEqual([message]);
    expect(acl([...others, counted, reblock(log4jLabel, { count: {} })])).toEqual([message]);
    expect(acl([...others, counted, reblock("awswaf:managed:aws:x:Other", { block: {} })])).toEqual([message]);
    expect(acl([...others, counted, reblock(log4jLabel, { block: {} })])).toEqual([]);
  });
});
