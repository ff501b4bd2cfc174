import { type Estate, estateOf, stackFacts } from "../../src/terraform/estate";
import { example } from "../support/examples";

/** Resources of a stack by type and name: a test writes into them what nobody should. */
export interface Changeable {
  readonly of: (type: string) => Record<string, Record<string, unknown>>;
}

/** The estate of an example with the JSON of one stack changed. */
export function changedExample(name: string, stack: string, change: (resources: Changeable) => void): Estate {
  const stacks = example(name).stacks.map((each) => {
    const json = structuredClone(each.json);
    const resources = json.resource as Record<string, Record<string, Record<string, unknown>>>;
    if (each.name === stack) change({ of: (type) => (resources[type] ??= {}) });
    return stackFacts(each.name, json);
  });
  return estateOf(stacks);
}
