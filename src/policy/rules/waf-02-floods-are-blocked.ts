import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";
import { blocksWithin, decides } from "../web-acl-rules";

export const waf02: SecurityRule = {
  id: "WAF-02",
  scope: "resource",
  demand:
    "A web ACL blocks an address that asks too often; before an API it also looks at the country, and blocks by the user agent.",
  why: "One address can use up what all callers share, and crude robots come through.",
  covers: [],
  *check(look) {
    for (const acl of look.resources("aws_wafv2_web_acl")) {
      const rules = look.blocks(acl, "rule");
      const blocking = rules.filter((rule) => decides(look, rule, "action", "block"));
      if (!blocking.some((rule) => limitsAddresses(look, rule))) {
        const fix = "Add a rule with rate_based_statement, aggregate_key_type IP and action block.";
        yield { at: acl, message: "blocks no address that asks too often.", fix };
      }
      if (look.text(acl, "scope") !== "REGIONAL") continue;
      if (!rules.some((rule) => hasWithin(look, rule, "geo_match_statement", () => true))) {
        yield { at: acl, message: "looks at no country.", fix: "Add a rule with geo_match_statement." };
      }
      if (!blocking.some((rule) => hasWithin(look, rule, "single_header", (header) => isUserAgent(look, header)))) {
        const fix = "Add a rule on single_header user-agent with action block.";
        yield { at: acl, message: "blocks by no user agent.", fix };
      }
    }
  },
};

/** The key of a rate-based statement is the address, if it is not told (AWS provider). */
const limitsAddresses = (look: Look, rule: Block): boolean =>
  hasWithin(
    look,
    rule,
    "rate_based_statement",
    (rate) => !look.isSet(rate, "aggregate_key_type") || look.holds(rate, "aggregate_key_type", (key) => key === "IP"),
  );

const hasWithin = (look: Look, rule: Block, name: string, isRight: (found: Block) => boolean): boolean =>
  [...blocksWithin(look, rule, name)].some(isRight);

const isUserAgent = (look: Look, header: Block): boolean =>
  look.holds(header, "name", (name) => String(name).toLowerCase() === "user-agent");
