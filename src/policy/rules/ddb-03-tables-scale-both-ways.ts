import type { Block, Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const capacities = { read: "dynamodb:table:ReadCapacityUnits", write: "dynamodb:table:WriteCapacityUnits" } as const;

export const ddb03: SecurityRule = {
  id: "DDB-03",
  scope: "linked",
  demand: "A table is paid by request, or scales both its read and its write capacity.",
  why: "A burst of calls is throttled, though the limits of the API would let it through.",
  covers: ["CKV2_AWS_16"],
  *check(look) {
    for (const at of look.resources("aws_dynamodb_table")) {
      if (look.holds(at, "billing_mode", (mode) => mode === "PAY_PER_REQUEST")) continue;
      for (const [kind, dimension] of Object.entries(capacities)) {
        if (targetsOf(look, at, dimension).some((target) => isScaled(look, target, dimension))) continue;
        const fix = `Add an aws_appautoscaling_target and an aws_appautoscaling_policy for ${dimension}, or set billing_mode to PAY_PER_REQUEST.`;
        yield { at, message: `does not scale its ${kind} capacity.`, fix };
      }
    }
  },
};

const targetsOf = (look: Look, table: Resource, dimension: string): Resource[] => {
  const name = look.text(table, "name");
  const linked = look.linked(table, "aws_appautoscaling_target", "resource_id");
  return look
    .resources("aws_appautoscaling_target")
    .filter((target) => linked.includes(target) || (name !== undefined && isCalled(look, target, `table/${name}`)))
    .filter((target) => isOfDimension(look, target, dimension));
};

/** A policy belongs to a target by reference, or by the same resource, and dimension. */
const isScaled = (look: Look, target: Resource, dimension: string): boolean =>
  look
    .linked(target, "aws_appautoscaling_policy", "resource_id")
    .some((policy) => isOfDimension(look, policy, dimension));

const isCalled = (look: Look, scaling: Block, name: string): boolean => {
  const [value] = look.items(scaling, "resource_id");
  return value?.kind === "literal" && value.value === name;
};

const isOfDimension = (look: Look, scaling: Block, dimension: string): boolean =>
  look.holds(scaling, "scalable_dimension", (written) => written === dimension);
