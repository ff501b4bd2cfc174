import type { Resource } from "../../src/terraform/estate";
import { liveRules } from "../../src/waf/live/capacity";
import { compare, firewall, small } from "./live-stand-in";

const asSent = [{ Priority: 0, Type: "NONE" }];
const visible = (name: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName: name,
});

describe("AWS gets the rules in the shape of its API", () => {
  const sent = async (name: string) => {
    const { calls } = await compare(firewall());
    return calls[0]?.body.Rules?.find(({ Name }) => Name === name);
  };
  const path = (base64: string) => ({
    ByteMatchStatement: {
      FieldToMatch: { UriPath: {} },
      PositionalConstraint: "EXACTLY",
      SearchString: base64,
      TextTransformations: asSent,
    },
  });
  const unsigned = (name: string) => ({
    NotStatement: {
      Statement: {
        RegexMatchStatement: {
          FieldToMatch: { SingleHeader: { Name: name } },
          RegexString: "^sha256=[0-9a-f]{64}$",
          TextTransformations: asSent,
        },
      },
    },
  });

  it("nested statements, bytes in base64, an answer without the body that AWS does not have yet", async () => {
    expect(await sent("webhook-signature-shape")).toEqual({
      Name: "webhook-signature-shape",
      Priority: 50,
      Action: { Block: { CustomResponse: { ResponseCode: 401 } } },
      Statement: {
        OrStatement: {
          Statements: [
            { AndStatement: { Statements: [path("L3dlYmhvb2tzL2dpdGh1Yg=="), unsigned("x-hub-signature-256")] } },
            { AndStatement: { Statements: [path("L3dlYmhvb2tzL3NwYWNlbGlmdA=="), unsigned("x-signature-256")] } },
          ],
        },
      },
      VisibilityConfig: visible("webhook-signature-shape"),
    });
  });

  it("a rate by header, with its scope and the header of its answer", async () => {
    expect(await sent("rate-api-token")).toEqual({
      Name: "rate-api-token",
      Priority: 73,
      Action: {
        Block: { CustomResponse: { ResponseCode: 429, ResponseHeaders: [{ Name: "Retry-After", Value: "300" }] } },
      },
      Statement: {
        RateBasedStatement: {
          Limit: 3000,
          EvaluationWindowSec: 300,
          AggregateKeyType: "CUSTOM_KEYS",
          CustomKeys: [{ Header: { Name: "authorization", TextTransformations: asSent } }],
          ScopeDownStatement: {
            ByteMatchStatement: {
              FieldToMatch: { UriPath: {} },
              PositionalConstraint: "STARTS_WITH",
              SearchString: "L2FwaS8=",
              TextTransformations: asSent,
            },
          },
        },
      },
      VisibilityConfig: visible("rate-api-token"),
    });
  });

  it("a group with its overrides", async () => {
    expect(await sent("aws-sqli")).toEqual({
      Name: "aws-sqli",
      Priority: 130,
      OverrideAction: { None: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          VendorName: "AWS",
          Name: "AWSManagedRulesSQLiRuleSet",
          RuleActionOverrides: [
            { Name: "SQLi_BODY", ActionToUse: { Count: {} } },
            { Name: "SQLiExtendedPatterns_BODY", ActionToUse: { Count: {} } },
          ],
        },
      },
      VisibilityConfig: visible("aws-sqli"),
    });
  });

  it("a label, and for each set of addresses a label of its own that costs the same", async () => {
    const allowed = liveRules(firewall()[0] as Resource).find(({ Name }) => Name === "ip-allow-label");
    const keys = allowed?.Statement?.OrStatement?.Statements?.map((each) => each.LabelMatchStatement);

    expect(allowed?.RuleLabels).toEqual([{ Name: "trusted-source" }]);
    expect(keys?.map((each) => each?.Scope)).toEqual(["LABEL", "LABEL"]);
    expect(new Set(keys?.map((each) => each?.Key)).size).toBe(2);
    for (const each of keys ?? []) expect(each?.Key).toMatch(/^[0-9A-Za-z_:-]{1,1024}$/);
  });

  it.each([
    ["a kind", { asn_match_statement: { asn_list: [64496] } }, "rule[0].statement: asn_match_statement is not one"],
    [
      "a key",
      { geo_match_statement: { country_codes: ["KP"], forwarded_ip_config: {} } },
      "rule[0].statement.geo_match_statement: forwarded_ip_config is not known",
    ],
    [
      "a value",
      { geo_match_statement: { country_codes: ["Korea"] } },
      "rule[0].statement.geo_match_statement.country_codes: AWS's API knows no Korea",
    ],
  ])("%s that is not known is refused with its path", async (_, statement, message) => {
    await expect(compare(small({}, {}, statement))).rejects.toThrow(message);
  });
});
