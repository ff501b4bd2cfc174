import { harmlessTypes } from "../harmless-types";
import { unknownTypes } from "../known-types";
import type { SecurityRule } from "../security-rule";

/** It asks databases, machines and clusters for their security group, and judges nothing else of them. */
const asksForUsers = "NET-05";

/** The rule over what the others look at. */
export const est08 = (others: readonly SecurityRule[]): SecurityRule => ({
  id: "EST-08",
  scope: "estate",
  demand: "Every type of AWS is looked at by a rule, or is listed as harmless with its reason.",
  why: "A type that no rule knows can be wide open, and every check is green.",
  covers: [],
  *check(look) {
    const all = look
      .everyResource()
      .filter(({ type }) => type.startsWith("aws_") && !Object.hasOwn(harmlessTypes, type));
    const [some] = all;
    if (some === undefined) return;
    const judging = others.filter(({ id }) => id !== asksForUsers);
    const types = [...new Set(all.map(({ type }) => type))];
    for (const type of unknownTypes(types, judging, some.stack.estate)) {
      const at = all.find((resource) => resource.type === type);
      const fix = "Write a rule for it, or list it with a reason in src/policy/harmless-types.ts.";
      if (at) yield { at, message: `is an ${type}, which no rule looks at.`, fix };
    }
  },
});
