import { judge } from "../../src/policy/judge";
import type { SecurityRule } from "../../src/policy/security-rule";
import { estateOf, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import type { Fragment } from "./fragment";

/** The provider of a stack of production in us-east-1. */
export const aws: JsonObject = {
  region: "us-east-1",
  allowed_account_ids: ["111122223333"],
  default_tags: [{ tags: { Environment: "production", Owner: "platform" } }],
};

/** What a rule finds in stacks by name, each with that provider unless it has its own. */
export function foundInEstate(rule: SecurityRule, stacks: Readonly<Record<string, JsonObject>>): string[] {
  const facts = Object.entries(stacks).map(([name, json]) => stackFacts(name, { provider: { aws: [aws] }, ...json }));
  return judge([rule], estateOf(facts), "estate").map(
    ({ stack, address, message }) => `${stack}: ${address} ${message}`,
  );
}

/** The same for resources of one stack. */
export const foundInStack = (rule: SecurityRule, resource: Fragment, data: Fragment = {}): string[] =>
  foundInEstate(rule, { data: { resource, data } as JsonObject });
