import { block, blocks, number, text } from "../terraform/blocks";
import type { Block, Resource } from "../terraform/estate";
import { ruleCapacities } from "./capacity";
import { includedCapacityUnits } from "./price";

/** What AWS WAF and the provider take at most; sources: AWS WAF Developer Guide, "Quotas"; provider-aws, schema of wafv2. */
const most = {
  /** Levels of and, or and not; in a rate's scope one less. */
  depth: 3,
  scopeDepth: 2,
  rateRules: 10,
  references: 50,
  transformations: 10,
  searchBytes: 200,
  patternCharacters: 200,
  bodies: 50,
  bodyBytes: 4096,
  responseHeaders: 10,
} as const;

const leastRate = 10;

/** A sentence for each limit that a web ACL breaks. Throws `UnreadableError` for what cannot be measured. */
export function quotaProblems(acl: Resource): string[] {
  const name = text(acl, "name") ?? acl.address;
  const capacities = ruleCapacities(acl);
  const total = capacities.reduce((sum, { capacityUnits }) => sum + capacityUnits, 0);
  const rules = blocks(acl, "rule").map((rule) => ({ rule, name: text(rule, "name") ?? rule.address }));
  const bodies = blocks(acl, "custom_response_body");
  const counted = (kind: string) => rules.flatMap(({ rule }) => descendants(rule, kind)).length;
  return [
    ...over(total, includedCapacityUnits, `${name} uses`, "capacity units, and more cost extra for every request"),
    ...over(counted("rate_based_statement"), most.rateRules, `${name} has`, "rates"),
    ...over(
      counted("ip_set_reference_statement") + counted("regex_pattern_set_reference_statement"),
      most.references,
      `${name} has`,
      "references to sets",
    ),
    ...over(bodies.length, most.bodies, `${name} has`, "response bodies"),
    ...bodies.flatMap((body) =>
      over(Buffer.byteLength(text(body, "content") ?? ""), most.bodyBytes, `body ${text(body, "key")} has`, "bytes"),
    ),
    ...doubled(capacities.map(({ priority }) => String(priority))).map(
      (each) => `${name}: two rules have the priority ${each}.`,
    ),
    ...doubled(rules.flatMap(({ rule }) => metricName(rule))).map(
      (each) => `${name}: two rules have the metric ${each}.`,
    ),
    ...rules.flatMap(({ rule, name }, index) =>
      ruleProblems(
        rule,
        name,
        capacities.find(({ priority }) => priority === number(rule, "priority"))?.depth ?? index,
      ),
    ),
  ];
}

function ruleProblems(rule: Block, name: string, depth: number): string[] {
  const rates = descendants(rule, "rate_based_statement");
  const inspected = descendants(rule, "text_transformation", true);
  return [
    ...over(depth, rates.length > 0 ? most.scopeDepth : most.depth, `rule ${name} nests`, "levels of and, or and not"),
    ...rates.flatMap((rate) => {
      const limit = number(rate, "limit") ?? 0;
      return limit < leastRate ? [`rule ${name} has a limit of ${limit}; AWS WAF takes ${leastRate} or more.`] : [];
    }),
    ...inspected.flatMap((each) =>
      over(blocks(each, "text_transformation").length, most.transformations, `rule ${name} has`, "transformations"),
    ),
    ...descendants(rule, "byte_match_statement").flatMap((each) =>
      over(
        Buffer.byteLength(text(each, "search_string") ?? ""),
        most.searchBytes,
        `rule ${name} searches for`,
        "bytes",
      ),
    ),
    ...descendants(rule, "regex_match_statement").flatMap((each) =>
      over(
        (text(each, "regex_string") ?? "").length,
        most.patternCharacters,
        `rule ${name} has a pattern of`,
        "characters",
      ),
    ),
    ...descendants(rule, "custom_response").flatMap((each) =>
      over(blocks(each, "response_header").length, most.responseHeaders, `rule ${name} answers with`, "headers"),
    ),
  ];
}

function over(given: number, allowed: number, subject: string, what: string): string[] {
  return given > allowed ? [`${subject} ${given} ${what}; at most ${allowed} are allowed.`] : [];
}

const doubled = (all: readonly string[]) => [...new Set(all.filter((each, index) => all.indexOf(each) !== index))];

function metricName(rule: Block): string[] {
  const config = block(rule, "visibility_config");
  const name = config && text(config, "metric_name");
  return name === undefined ? [] : [name];
}

/** Every block of a name below another; with `parents`, the blocks that hold one. */
function descendants(parent: Block, wanted: string, parents = false): Block[] {
  return Object.entries(parent.attributes).flatMap(([key, inner]) => {
    if (typeof inner !== "object" || inner === null || (Array.isArray(inner) && typeof inner[0] !== "object"))
      return [];
    const below = blocks(parent, key);
    const found = key !== wanted ? [] : parents ? [parent] : below;
    return [...found, ...below.flatMap((each) => descendants(each, wanted, parents))];
  });
}
