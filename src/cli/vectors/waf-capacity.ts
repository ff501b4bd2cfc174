import { z } from "zod";
import { estateOf, managedResources, stackFacts } from "../../terraform/estate";
import { isObject, type JsonObject } from "../../terraform/json";
import { capacityUnits } from "../../waf/capacity";
import type { Judgement } from "./judgement";

const Case = z.looseObject({
  id: z.string(),
  scope: z.enum(["REGIONAL", "CLOUDFRONT"]),
  capacity: z.int(),
  rules: z.array(z.custom<JsonObject>(isObject, "a rule must be an object")),
});

/** Judges what the rules of a web ACL cost in capacity units. */
export function judgeWafCapacity(json: unknown): Judgement {
  const { id, scope, capacity, rules } = Case.parse(json);
  const estate = estateOf([
    stackFacts("fragment", { resource: { aws_wafv2_web_acl: { acl: { name: id, scope, rule: rules } } } }),
  ]);
  const actual = managedResources(estate).map(capacityUnits);
  return { case: id, expected: { capacity }, actual: { capacity: actual[0] } };
}
