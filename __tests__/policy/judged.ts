import { catalogue } from "../../src/policy/catalogue";
import { findings } from "../../src/policy/rule";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";

export const provider = { aws: [{ region: "us-east-1", allowed_account_ids: ["111122223333"] }] };

/** What a rule of the catalogue finds in a stack. */
export const judged = (id: string, json: JsonObject) => {
  const rule = catalogue.find((each) => each.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  return findings(rule, estateOf([stackFacts("data", { provider, ...json })]));
};
