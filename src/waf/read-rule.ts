import { block, blocks, text } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { onlyKey, onlyKeys, required, theBlock, theNumber, theText } from "./known";
import { type ManagedMatch, readManagedGroup } from "./read-group";
import { type RateMatch, readRate } from "./read-rate";
import { type Condition, readStatement, type Surroundings } from "./read-statement";

/** What happens to a request that a rule matches. */
export type RuleAction =
  | { readonly kind: "count" | "allow" }
  /** `status` is what the client sees. */
  | { readonly kind: "block"; readonly status: number };

export type AclRule = {
  readonly name: string;
  readonly priority: number;
  /** Full names of the labels that later rules see. */
  readonly labels: readonly string[];
} & (
  | { readonly kind: "own"; readonly action: RuleAction; readonly match: Condition }
  | { readonly kind: "rate"; readonly action: RuleAction; readonly match: RateMatch }
  /** `counted`: what the group decides is only counted. */
  | { readonly kind: "group"; readonly counted: boolean; readonly match: ManagedMatch }
);

export interface RuleSurroundings extends Surroundings {
  /** Keys of the bodies that a block may answer. */
  readonly responses: readonly string[];
}

/** Reads a rule; whatever is not known in it is thrown with the rule's name. */
export function readRule(rule: Block, surroundings: RuleSurroundings): AclRule {
  try {
    return readNamedRule(rule, surroundings);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const { name } = rule.attributes;
    throw new UnreadableError(
      typeof name === "string" ? `rule ${name}, ${error.address}` : error.address,
      error.reason,
    );
  }
}

function readNamedRule(rule: Block, surroundings: RuleSurroundings): AclRule {
  onlyKeys(rule, ["name", "priority", "statement", "action", "override_action", "rule_label", "visibility_config"]);
  const labels = blocks(rule, "rule_label").map((label) => surroundings.ownLabel(theText(label, "name")));
  const placed = {
    name: theText(rule, "name"),
    priority: theNumber(rule, "priority"),
    labels,
  };
  const statement = theBlock(rule, "statement");
  const group = block(statement, "managed_rule_group_statement");
  const [action, override] = [block(rule, "action"), block(rule, "override_action")];
  if (group) {
    if (action) throw new UnreadableError(action.address, "a group takes an override_action and no action");
    onlyKeys(statement, ["managed_rule_group_statement"]);
    const given = required(override, rule, "override_action");
    const counted = onlyKey(given, ["none", "count"], "override") === "count";
    return { ...placed, kind: "group", counted, match: readManagedGroup(group, surroundings) };
  }
  if (override) throw new UnreadableError(override.address, "only a group takes an override_action");
  const ownAction = readAction(required(action, rule, "action"), surroundings);
  const rate = block(statement, "rate_based_statement");
  if (!rate) return { ...placed, kind: "own", action: ownAction, match: readStatement(statement, surroundings) };
  onlyKeys(statement, ["rate_based_statement"]);
  if (ownAction.kind === "allow") throw new UnreadableError(rule.address, "a rate takes no action allow");
  return { ...placed, kind: "rate", action: ownAction, match: readRate(rate, surroundings) };
}

/** Of a block that says nothing else. */
const forbidden = 403;

function readAction(action: Block, { responses }: RuleSurroundings): RuleAction {
  const kind = onlyKey(action, ["block", "count", "allow"], "action");
  const body = theBlock(action, kind);
  if (kind !== "block") {
    onlyKeys(body, []);
    return { kind };
  }
  onlyKeys(body, ["custom_response"]);
  const response = block(body, "custom_response");
  if (!response) return { kind, status: forbidden };
  onlyKeys(response, ["response_code", "custom_response_body_key", "response_header"]);
  const key = text(response, "custom_response_body_key");
  if (key !== undefined && !responses.includes(key)) {
    throw new UnreadableError(response.address, `there is no custom_response_body ${key}`);
  }
  return { kind, status: theNumber(response, "response_code") };
}
