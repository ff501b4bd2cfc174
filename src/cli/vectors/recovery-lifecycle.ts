import { z } from "zod";
import { lifecycleViolations } from "../../recovery/lifecycle-rules";
import { estateOf, stackFacts } from "../../terraform/estate";
import { isObject, type JsonObject } from "../../terraform/json";
import type { Judgement } from "./judgement";

const Case = z.looseObject({
  id: z.string(),
  resource: z.custom<JsonObject>(isObject, "resource must be an object"),
  context: z
    .strictObject({
      complianceLockAcknowledged: z.boolean().default(false),
      externalVaults: z.array(z.string()).default([]),
    })
    .prefault({}),
  expect: z.strictObject({
    valid: z.boolean(),
    violations: z.array(z.strictObject({ rule: z.string(), at: z.string() })),
  }),
});

/** Where the fragments are deployed: a `region` on a resource wins. */
const PROVIDER = { aws: [{ region: "us-east-1" }] };

/** Judges a case of backup plans, lifecycles, copies and locks. */
export function judgeLifecycleCase(json: unknown): Judgement {
  const { id, resource, context, expect } = Case.parse(json);
  const found = lifecycleViolations(estateOf([stackFacts("fragment", { provider: PROVIDER, resource })]), context);
  return {
    case: id,
    expected: { valid: expect.valid, violations: inOneOrder(expect.violations) },
    actual: { valid: found.length === 0, violations: inOneOrder(found) },
  };
}

/** The order of violations means nothing. */
function inOneOrder(violations: readonly { readonly rule: string; readonly at: string }[]) {
  return violations
    .map(({ rule, at }) => ({ rule, at }))
    .sort((a, b) => `${a.at} ${a.rule}`.localeCompare(`${b.at} ${b.rule}`));
}
