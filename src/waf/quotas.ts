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
  const rules = blocks(acl, "rule").map((rule) => ({
    rule,
    name: text(rule, "name") ?? rule.address,
    below: blocksBelow(rule),
  }));
  const bodies = blocks(acl, "custom_response_body");
  const counted = (kind: string) => rules.flatMap(({ below }) => below.get(kind) ?? []).length;
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
    ...rules.flatMap(({ rule, name, below }) => {
      const capacity = capacities.find(({ priority }) => priority === number(rule, "priority"));
      return ruleProblems(below, name, capacity?.depth ?? 0);
    }),
  ];
}

function ruleProblems(below: ReadonlyMap<string, readonly Held[]>, name: string, depth: number): string[] {
  const all = (kind: string) => (below.get(kind) ?? []).map(({ block }) => block);
  const rates = all("rate_based_statement");
  const inspected = new Set((below.get("text_transformation") ?? []).map(({ holder }) => holder));
  return [
    ...over(depth, rates.length > 0 ? most.scopeDepth : most.depth, `rule ${name} nests`, "levels of and, or and not"),
    ...rates.flatMap((rate) => {
      const limit = number(rate, "limit") ?? 0;
      return limit < leastRate ? [`rule ${name} has a limit of ${limit}; AWS WAF takes ${leastRate} or more.`] : [];
    }),
    ...[...inspected].flatMap((each) =>
      over(blocks(each, "text_transformation").length, most.transformations, `rule ${name} has`, "transformations"),
    ),
    ...all("byte_match_statement").flatMap((each) =>
      over(
        Buffer.byteLength(text(each, "search_string") ?? ""),
        most.searchBytes,
        `rule ${name} searches for`,
        "bytes",
      ),
    ),
    ...all("regex_match_statement").flatMap((each) =>
      over(
        (text(each, "regex_string") ?? "").length,
        most.patternCharacters,
        `rule ${name} has a pattern of`,
        "characters",
      ),
    ),
    ...all("custom_response").flatMap((each) =>
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

/** Every block below another by its name, with the block that holds it. */
function blocksBelow(parent: Block, found = new Map<string, Held[]>()): ReadonlyMap<string, readonly Held[]> {
  for (const [name, inner] of Object.entries(parent.attributes)) {
    if (typeof inner !== "object" || inner === null || (Array.isArray(inner) && typeof inner[0] !== "object")) continue;
    for (const block of blocks(parent, name)) {
      const list = found.get(name) ?? [];
      list.push({ block, holder: parent });
      found.set(name, list);
      blocksBelow(block, found);
    }
  }
  return found;
}

interface Held {
  readonly block: Block;
  readonly holder: Block;
}
