import type { Block, Stack } from "../terraform/estate";
import { templateParts } from "../terraform/expression";
import { type Json, mapEntries, mapStrings } from "../terraform/json";
import { documentIn, documentStatements } from "../terraform/policy-document";
import { parsePolicy } from "../terraform/policy-json";
import { resolve, type Value } from "../terraform/resolve";
import type { Statement } from "../terraform/statement";
import { UnreadableError } from "../terraform/unreadable";

/** Stands in a text for what is known only after apply: `arn:aws:iam::…:root`. */
export const untoldPart = "…";

/** A value, of which the told part of a text is kept, where `resolve` gives the whole text up. */
export function shapeOf(json: Json, stack: Stack): Value {
  const whole = resolve(json, stack);
  if (whole.kind !== "unknown" || typeof json !== "string") return whole;
  const parts = templateParts(json);
  if (parts.length === 1) return whole;
  const texts = parts.map(({ kind, text }) => (kind === "text" ? text : told(resolve(`\${${text}}`, stack))));
  return { kind: "literal", value: texts.join("") };
}

const told = (value: Value): string =>
  value.kind === "literal" && typeof value.value !== "object" ? String(value.value) : untoldPart;

/** Statements of a policy as written, their texts as shapes.
 *
 * None where a plain reference leads out of what is judged. Throws where the policy cannot be read.
 */
export function shapedStatements(
  written: Json,
  stack: Stack,
  address: string,
  within: readonly Block[] = [],
): Statement[] {
  if (typeof written === "string" && written.trimStart().startsWith("{")) {
    return parsePolicy(written, address, (item) => shapeOf(item, stack));
  }
  const policy = resolve(written, stack);
  if (policy.kind === "literal" && typeof policy.value === "string") {
    return parsePolicy(policy.value, address, (value) => ({ kind: "literal", value }));
  }
  if (policy.kind === "unknown" && isOutwardReference(written)) return [];
  const document = documentIn(policy, ["json", "minified_json"]);
  if (document) return shapedDocument(document, within);
  throw new UnreadableError(address, `${JSON.stringify(written)} is neither JSON nor a policy document of the estate`);
}

/** Statements of a policy document, what it includes among them. */
export function shapedDocument({ address, attributes, stack }: Block, within: readonly Block[] = []): Statement[] {
  const shaped = mapEntries(attributes, (value) =>
    mapStrings(value, (text) => {
      const shape = shapeOf(text, stack);
      return shape.kind === "literal" && typeof shape.value === "string" ? escaped(shape.value) : text;
    }),
  );
  return documentStatements({ address, attributes: shaped, stack }, shapedStatements, within);
}

/** A literal text as a template writes it. The replacement is a function, because in a text `$$` would mean one `$`. */
export const escaped = (text: string): string => text.replaceAll("${", () => "$${").replaceAll("%{", "%%{");

/** One expression without a call in it; what a function makes is nobody else's to tell. */
const isOutwardReference = (written: Json): boolean =>
  typeof written === "string" && /^\$\{[^({]*\}$/.test(written.trim());
