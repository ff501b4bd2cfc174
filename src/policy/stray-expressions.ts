import type { Stack } from "../terraform/estate";
import { templateParts } from "../terraform/expression";
import { isObject, type Json } from "../terraform/json";
import { resolve } from "../terraform/resolve";
import type { PlacedPolicy } from "./policy-places";

/** The expressions of a policy that lead to nothing the estate holds, each once, as written: `${var.bucket_arn}`. */
export function strayExpressions({ at, written }: PlacedPolicy): string[] {
  const whole = typeof written === "string" ? resolve(written, at.stack) : undefined;
  const isDocument = whole?.kind === "reference";
  return [...new Set(isDocument ? strays(whole.resource.attributes, whole.resource.stack) : strays(written, at.stack))];
}

function* strays(json: Json, stack: Stack): Iterable<string> {
  if (typeof json === "string") {
    for (const { kind, text } of templateParts(json)) {
      const expression = `\${${text}}`;
      if (kind === "expression" && resolve(expression, stack).kind === "unknown") yield expression;
    }
  } else if (Array.isArray(json) || isObject(json)) {
    for (const item of Object.values(json)) yield* strays(item, stack);
  }
}
