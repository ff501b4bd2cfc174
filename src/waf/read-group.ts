import { block, blocks, text } from "../terraform/blocks";
import type { Block } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { isManagedGroup, type ManagedGroup, managedGroups, observedByAws, spelledLabel } from "./catalogue";
import { onlyKey, onlyKeys, theBlock, theText } from "./known";
import { type Condition, readStatement, type Surroundings } from "./read-statement";

/** A group of AWS's own rules, in the order they are asked. */
export interface ManagedMatch {
  readonly group: ManagedGroup;
  readonly rules: readonly ManagedRule[];
  /** Which requests the group sees; all where it is absent. */
  readonly scope?: Condition;
}

export interface ManagedRule {
  readonly name: string;
  /** Full name of its label. */
  readonly label: string;
  readonly action: "block" | "count";
}

/** Reads a managed group. An override of a rule that is not in the catalogue is refused: AWS would ignore it. */
export function readManagedGroup(body: Block, surroundings: Surroundings): ManagedMatch {
  onlyKeys(body, ["vendor_name", "name", "version", "rule_action_override", "scope_down_statement"]);
  const [vendor, group = ""] = [text(body, "vendor_name"), text(body, "name")];
  if (vendor !== "AWS" || !isManagedGroup(group)) {
    throw new UnreadableError(`${body.address}.name`, `the rules of the group ${vendor} ${group} are not known`);
  }
  const overrides = new Map(blocks(body, "rule_action_override").map((each) => readOverride(each, group)));
  const rules: readonly string[] = managedGroups[group].rules;
  const scope = block(body, "scope_down_statement");
  return {
    group,
    rules: rules.map((name) => ({
      name,
      label: spelledLabel(group, name),
      action: overrides.get(name) ?? (observedByAws.includes(name) ? "count" : "block"),
    })),
    ...(scope ? { scope: readStatement(scope, surroundings) } : {}),
  };
}

function readOverride(override: Block, group: ManagedGroup): [name: string, action: "block" | "count"] {
  onlyKeys(override, ["name", "action_to_use"]);
  const name = theText(override, "name");
  const rules: readonly string[] = managedGroups[group].rules;
  if (!rules.includes(name)) {
    throw new UnreadableError(`${override.address}.name`, `${group} has no rule ${name}; AWS would ignore it`);
  }
  const action = theBlock(override, "action_to_use");
  const kind = onlyKey(action, ["block", "count"], "action");
  onlyKeys(theBlock(action, kind), []);
  return [name, kind];
}
