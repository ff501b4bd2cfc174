import { parseReference, templateParts } from "../../terraform/expression";
import { type Json, mapStrings } from "../../terraform/json";
import { withoutOutputReferences } from "../../terraform/output-references";
import { UnreadableError } from "../../terraform/unreadable";

/** What an output of another stack is written as, in addresses of the joined root. */
export type WrittenOutput = (stack: string, output: string) => Json | undefined;

/** Puts in place of a reference to another stack's output what that stack writes there.
 *
 * Throws where no stack has the output, where it refers back to itself, or where a list or an object would have to stand inside a text.
 */
export function withFollowedOutputs(written: Json, outputOf: WrittenOutput): Json {
  return followed(written, outputOf, []);
}

/** `trail` holds the outputs passed on the way here, so that a circle is noticed. */
function followed(written: Json, outputOf: WrittenOutput, trail: readonly string[]): Json {
  const behind = (expression: string): Json => {
    if (trail.includes(expression)) throw new UnreadableError(expression, "it refers back to itself");
    const parsed = parseReference(expression);
    const value = parsed?.kind === "output" ? outputOf(parsed.stack, parsed.output) : undefined;
    if (value === undefined) throw new UnreadableError(expression, "no stack that was read has this output");
    return followed(value, outputOf, [...trail, expression]);
  };
  return mapStrings(written, (text) =>
    withoutOutputReferences<Json>(text, {
      alone: behind,
      inText: (expression) => inside(expression, behind(expression)),
      inExpression: (expression) => asExpression(behind(expression)),
    }),
  );
}

function inside(expression: string, value: Json): string {
  if (typeof value !== "object") return String(value);
  throw new UnreadableError(expression, "a list or an object stands inside a text");
}

/** `${aws_vpc.main.id}` is `aws_vpc.main.id` within a longer expression; anything else is written as JSON. */
function asExpression(value: Json): string {
  const [first, second] = typeof value === "string" ? templateParts(value) : [];
  return first?.kind === "expression" && second === undefined ? first.text : JSON.stringify(value);
}
