import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import type { Synthesis } from "../../src/terraform/read";
import { example } from "./examples";

/** The synthesis of an example with the JSON of one stack changed: a test writes into it what nobody should. */
export function changedExample(name: string, stackName: string, change: (json: JsonObject) => void): Synthesis {
  const real = example(name);
  const stacks = real.stacks.map((stack) => {
    const json = structuredClone(stack.json);
    if (stack.name === stackName) change(json);
    return { ...stack, json };
  });
  return { ...real, stacks, estate: estateOf(stacks.map((stack) => stackFacts(stack.name, stack.json))) };
}

/** The resources of one type in a stack, by their logical ids; none where the stack has none yet. */
export function resourcesOf(json: JsonObject, type: string): Record<string, Record<string, unknown>> {
  const resources = json.resource as Record<string, Record<string, Record<string, unknown>>>;
  resources[type] ??= {};
  return resources[type];
}
