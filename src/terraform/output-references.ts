const reference = /data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+/;
const whole = new RegExp(`^\\$\\{(${reference.source})\\}$`);
const inText = new RegExp(`\\$\\{(${reference.source})\\}`, "g");
const inExpression = new RegExp(reference.source, "g");

/** What takes the place of a reference to an output of another stack, by where it stands. */
export interface OutputReplacement<T> {
  /** Nothing else stands in the text, so that it may become anything. */
  readonly alone: (expression: string) => T;
  /** Among other text; a template that is given back is looked at as an expression. */
  readonly inText: (expression: string, template: string) => string;
  /** Within a longer expression. */
  readonly inExpression: (expression: string) => string;
}

/** Replaces every reference to an output of another stack in a text. */
export function withoutOutputReferences<T>(text: string, replacement: OutputReplacement<T>): T | string {
  const alone = whole.exec(text)?.[1];
  if (alone !== undefined) return replacement.alone(alone);
  return text
    .replace(inText, (template, expression: string) => replacement.inText(expression, template))
    .replace(inExpression, replacement.inExpression);
}
