import { labelOf, type ManagedLabel } from "../../src/waf/catalogue";
import type { OwnRule, Rate, WebAclRule } from "../../src/waf/rule";
import {
  and,
  equals,
  hasLabel,
  header,
  matches,
  method,
  not,
  or,
  path,
  type Statement,
} from "../../src/waf/statements";

const leaf = equals(method, "POST");

describe("nesting", () => {
  it("writes and, or and not as Terraform nests them", () => {
    const post = {
      byte_match_statement: {
        field_to_match: { method: {} },
        positional_constraint: "EXACTLY",
        search_string: "POST",
        text_transformation: [{ priority: 0, type: "NONE" }],
      },
    };

    expect(or(and(leaf, not(leaf)), leaf).terraform).toEqual({
      or_statement: {
        statement: [{ and_statement: { statement: [post, { not_statement: { statement: [post] } }] } }, post],
      },
    });
  });

  it("is refused by the compiler beyond three levels, two in the scope of a rate", () => {
    const three: Statement<3> = not(not(not(leaf)));
    // @ts-expect-error The provider's schema ends at three.
    const four = not(three);
    // @ts-expect-error In a scope it ends at two.
    const rate: Rate = { limit: 10, windowSeconds: 60, key: "IP", scope: three };
    const scope: Rate["scope"] = not(not(leaf));

    expect([four.terraform, rate.scope, scope?.terraform]).not.toContain(undefined);
  });

  it("refuses an and of one part", () => {
    expect(() => and(leaf)).toThrow("An and_statement of 1 parts is refused; AWS WAF wants 2.");
  });
});

describe("names that AWS does not know are refused by the compiler", () => {
  const common = "AWSManagedRulesCommonRuleSet";

  it("in labels, which are cased otherwise than rules", () => {
    const spelled: ManagedLabel = "awswaf:managed:aws:core-rule-set:GenericLFI_Body";
    // @ts-expect-error The label ends in Body.
    const asTheRule = hasLabel("awswaf:managed:aws:core-rule-set:GenericLFI_BODY");
    // @ts-expect-error No rule of ours puts it on.
    const unknown = hasLabel("trusted");

    expect(spelled).toBe(labelOf(common, "GenericLFI_BODY"));
    expect([asTheRule, unknown]).toHaveLength(2);
  });

  it("in overrides, which AWS would ignore", () => {
    // @ts-expect-error It is a rule of another group.
    const foreign = labelOf(common, "SQLi_BODY");
    const group = { priority: 1, name: "aws-common", group: common } as const;
    // @ts-expect-error Likewise.
    const override: WebAclRule = { ...group, count: ["SQLi_BODY"] };

    expect([foreign, override]).toHaveLength(2);
  });

  it("in the action of a group, and in the lack of one of a rule", () => {
    // @ts-expect-error A group is overridden, it does not act.
    const acting: WebAclRule = { priority: 1, name: "aws", group: common, count: [], action: "count" };
    // @ts-expect-error A rule of ours acts.
    const idle: OwnRule = { priority: 1, name: "own", statement: leaf };

    expect([acting, idle]).toHaveLength(2);
  });
});

describe("what AWS WAF would refuse at the apply", () => {
  it.each([
    [() => matches(path, "a".repeat(201)), "has 201 characters; AWS WAF takes at most 200"],
    [() => matches(path, "^(?!/live)"), "looks around or back"],
    [() => matches(path, "(a)\\1"), "looks around or back"],
    [() => equals(path, ""), "1 to 200 characters are allowed"],
    [() => header("X-Signature"), "1 to 40 of a-z, 0-9, _ and - are allowed"],
  ])("%s is refused at once", (build, message) => {
    expect(build).toThrow(message);
  });
});

it.each([
  [labelOf("AWSManagedRulesCommonRuleSet", "CrossSiteScripting_BODY"), "core-rule-set:CrossSiteScripting_Body"],
  [labelOf("AWSManagedRulesCommonRuleSet", "UserAgent_BadBots_HEADER"), "core-rule-set:BadBots_Header"],
  [labelOf("AWSManagedRulesCommonRuleSet", "GenericRFI_QUERYARGUMENTS"), "core-rule-set:GenericRFI_QueryArguments"],
  [
    labelOf("AWSManagedRulesCommonRuleSet", "SizeRestrictions_Cookie_HEADER"),
    "core-rule-set:SizeRestrictions_Cookie_Header",
  ],
  [labelOf("AWSManagedRulesKnownBadInputsRuleSet", "Host_localhost_HEADER"), "known-bad-inputs:Host_Localhost_Header"],
  [labelOf("AWSManagedRulesKnownBadInputsRuleSet", "PROPFIND_METHOD"), "known-bad-inputs:Propfind_Method"],
  [labelOf("AWSManagedRulesLinuxRuleSet", "LFI_URIPATH"), "linux-os:LFI_URIPath"],
  [labelOf("AWSManagedRulesAnonymousIpList", "HostingProviderIPList"), "anonymous-ip-list:HostingProviderIPList"],
])("%s is spelled as AWS spells it", (label, documented) => {
  expect(label).toBe(`awswaf:managed:aws:${documented}`);
});
