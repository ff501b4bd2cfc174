import { block, blocks, number, text } from "../terraform/blocks";
import type { Block, Resource } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { managedGroups } from "./catalogue";

/** The most that the base price of 0.60 USD per million requests covers; every 500 above cost 0.20 USD more. */
export const includedCapacityUnits = 1500;

export interface RuleCapacity {
  readonly name: string;
  readonly priority: number;
  readonly capacityUnits: number;
}

/** Capacity units (WCU) of every rule of a web ACL, by priority; their sum is the ACL's.
 *
 * Source: AWS WAF Developer Guide, "Web ACL capacity units"; equal to capacities that AWS has reported. Throws for a
 * statement, field or group that is not known here: an unknown cost is not zero.
 */
export function ruleCapacities(acl: Resource): RuleCapacity[] {
  return blocks(acl, "rule")
    .map((rule) => ({
      name: required(text(rule, "name"), rule, "name"),
      priority: required(number(rule, "priority"), rule, "priority"),
      capacityUnits: statementUnits(onlyBlock(rule, "statement")),
    }))
    .sort((a, b) => a.priority - b.priority);
}

const positions: Readonly<Record<string, number>> = {
  EXACTLY: 2,
  STARTS_WITH: 2,
  ENDS_WITH: 2,
  CONTAINS: 10,
  CONTAINS_WORD: 10,
};

const nested = (body: Block) => sum(blocks(body, "statement").map(statementUnits));

/** Cost of each kind of statement by its name in Terraform. */
const kinds: Readonly<Record<string, (body: Block) => number>> = {
  and_statement: nested,
  or_statement: nested,
  not_statement: nested,
  geo_match_statement: () => 1,
  label_match_statement: () => 1,
  ip_set_reference_statement: (body) => {
    const forwarded = block(body, "ip_set_forwarded_ip_config");
    return forwarded && text(forwarded, "position") === "ANY" ? 5 : 1;
  },
  size_constraint_statement: (body) => inspection(body, 1),
  regex_match_statement: (body) => inspection(body, 3),
  byte_match_statement: (body) => {
    const position = required(text(body, "positional_constraint"), body, "positional_constraint");
    return inspection(body, required(positions[position], body, `positional_constraint ${position}`));
  },
  rate_based_statement: (body) => {
    const scope = block(body, "scope_down_statement");
    const keys = blocks(body, "custom_key");
    return (
      2 +
      sum(keys.map((key) => 30 + transformationUnits(onlyBlock(key, "header")))) +
      (scope ? statementUnits(scope) : 0)
    );
  },
  managed_rule_group_statement: (body) => {
    const name = required(text(body, "name"), body, "name");
    const scope = block(body, "scope_down_statement");
    const group: { wcu: number } | undefined = Object.entries(managedGroups).find(([known]) => known === name)?.[1];
    return required(group, body, `group ${name}`).wcu + (scope ? statementUnits(scope) : 0);
  },
};

function statementUnits(statement: Block): number {
  const written = Object.keys(statement.attributes).filter((kind) => statement.attributes[kind] !== null);
  const [kind = "", second] = written;
  const cost = kinds[kind];
  if (cost === undefined || second !== undefined) {
    throw new UnreadableError(statement.address, `${written.join(", ")} is not one statement of a known capacity`);
  }
  return cost(onlyBlock(statement, kind));
}

/** Components that cost nothing beside the match. */
const plainComponents = ["uri_path", "query_string", "method", "body", "single_header", "headers", "cookies"];

function inspection(body: Block, matchUnits: number): number {
  const components = Object.keys(onlyBlock(body, "field_to_match").attributes);
  if (components.length !== 1 || !components.every((component) => plainComponents.includes(component))) {
    throw new UnreadableError(body.address, `the capacity of the component ${components.join(", ")} is not known`);
  }
  return matchUnits + transformationUnits(body);
}

/** AWS may charge a repeated transformation of a component once; counting each gives an upper bound. */
function transformationUnits(body: Block): number {
  return 10 * blocks(body, "text_transformation").filter((each) => text(each, "type") !== "NONE").length;
}

function onlyBlock(parent: Block, name: string): Block {
  return required(block(parent, name), parent, name);
}

function required<T>(value: T | undefined, { address }: Block, what: string): T {
  if (value === undefined) throw new UnreadableError(address, `${what} is missing or not known`);
  return value;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
