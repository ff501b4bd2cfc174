import { judge } from "../../src/policy/judge";
import type { SecurityRule } from "../../src/policy/security-rule";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";

/** Resources by type and name, as they stand in `cdk.tf.json`. */
export type Fragment = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** What a rule finds in a fragment: address and message of each finding. */
export function found(rule: SecurityRule, resource: Fragment, data: Fragment = {}): string[] {
  const estate = estateOf([stackFacts("fragment", { resource, data } as JsonObject)]);
  return judge([rule], estate, "fragment").map(({ address, message }) => `${address} ${message}`);
}

/** The addresses alone. */
export const addresses = (rule: SecurityRule, resource: Fragment, data: Fragment = {}): string[] =>
  found(rule, resource, data).map((line) => line.split(" ")[0] ?? "");
