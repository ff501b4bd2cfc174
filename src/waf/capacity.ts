import { block, blocks, text } from "../terraform/blocks";
import type { Block, Resource } from "../terraform/estate";
import { isManagedGroup, managedGroups, otherGroupUnits } from "./catalogue";
import { componentUnits } from "./component-units";
import { onlyKey, onlyKeys, required, theBlock, theNumber, theText } from "./known";

export interface RuleCapacity {
  readonly name: string;
  readonly priority: number;
  readonly capacityUnits: number;
  /** Levels of and, or and not around the innermost statement; of a rate, those in its scope. */
  readonly depth: number;
}

/** Capacity units (WCU) and depth of every rule of a web ACL, by priority.
 *
 * Source: AWS WAF Developer Guide, "Web ACL capacity units"; equal to capacities that AWS has reported. Throws for a
 * statement, field or group that is not known here: an unknown cost is not zero.
 */
export function ruleCapacities(acl: Resource): RuleCapacity[] {
  return blocks(acl, "rule")
    .map((rule) => {
      const statement = theBlock(rule, "statement");
      return {
        name: theText(rule, "name"),
        priority: theNumber(rule, "priority"),
        capacityUnits: statementUnits(statement),
        depth: depthOf(statement),
      };
    })
    .sort((a, b) => a.priority - b.priority);
}

/** Capacity units of a whole web ACL. */
export const capacityUnits = (acl: Resource): number => sum(ruleCapacities(acl).map((rule) => rule.capacityUnits));

const nested = (body: Block) => sum(blocks(body, "statement").map(statementUnits));
const inspecting = (units: number) => (body: Block) => componentUnits(body, units);
const scoped = (body: Block) => {
  const scope = block(body, "scope_down_statement");
  return scope ? statementUnits(scope) : 0;
};

/** Cost of each kind of statement by its name in Terraform. */
const kinds = {
  and_statement: nested,
  or_statement: nested,
  not_statement: nested,
  geo_match_statement: () => 1,
  asn_match_statement: () => 1,
  label_match_statement: () => 1,
  ip_set_reference_statement: (body) => {
    const forwarded = block(body, "ip_set_forwarded_ip_config");
    return forwarded && text(forwarded, "position") === "ANY" ? 5 : 1;
  },
  size_constraint_statement: inspecting(1),
  regex_match_statement: inspecting(3),
  regex_pattern_set_reference_statement: inspecting(25),
  xss_match_statement: inspecting(40),
  sqli_match_statement: (body) => {
    const level = text(body, "sensitivity_level") ?? "LOW";
    return componentUnits(body, required({ LOW: 20, HIGH: 30 }[level], body, `sensitivity_level ${level}`));
  },
  byte_match_statement: (body) => {
    const position = theText(body, "positional_constraint");
    return componentUnits(body, required(positions[position], body, `positional_constraint ${position}`));
  },
  rate_based_statement: (body) => 2 + sum(blocks(body, "custom_key").map(keyUnits)) + scoped(body),
  managed_rule_group_statement: (body) => {
    const name = theText(body, "name");
    const units = isManagedGroup(name) ? managedGroups[name].wcu : otherGroupUnits[name];
    return required(units, body, `group ${name}`) + scoped(body);
  },
} as const satisfies Readonly<Record<string, (body: Block) => number>>;

const positions: Readonly<Record<string, number>> = {
  EXACTLY: 2,
  STARTS_WITH: 2,
  ENDS_WITH: 2,
  CONTAINS: 10,
  CONTAINS_WORD: 10,
};

const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];

function statementUnits(statement: Block): number {
  const kind = onlyKey(statement, kindNames, "statement of a known capacity");
  return kinds[kind](theBlock(statement, kind));
}

/** Keys of a rate whose value may be transformed, at a cost; the others cost the same without. */
const transformedKeys = ["header", "cookie", "query_argument", "query_string", "uri_path"] as const;
const plainKeys = ["ip", "forwarded_ip", "http_method", "label_namespace", "asn"] as const;

function keyUnits(key: Block): number {
  const kind = onlyKey(key, [...transformedKeys, ...plainKeys], "key");
  const steps = blocks(theBlock(key, kind), "text_transformation");
  return 30 + 10 * steps.filter((step) => text(step, "type") !== "NONE").length;
}

function depthOf(statement: Block): number {
  const kind = onlyKey(statement, kindNames, "statement of a known capacity");
  const body = theBlock(statement, kind);
  if (kind === "and_statement" || kind === "or_statement" || kind === "not_statement") {
    onlyKeys(body, ["statement"]);
    return 1 + Math.max(0, ...blocks(body, "statement").map(depthOf));
  }
  const scope = kind === "rate_based_statement" ? block(body, "scope_down_statement") : undefined;
  return scope ? depthOf(scope) : 0;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
