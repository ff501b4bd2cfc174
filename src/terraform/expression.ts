/** A string of Terraform JSON is a template: literal text and `${…}` expressions. */
export interface TemplatePart {
  readonly kind: "text" | "expression";
  readonly text: string;
}

/** Splits a template; `$${` and `%%{` are the escapes for a literal `${` and `%{`.
 *
 * A directive (`%{ if … }`) comes back as an expression that begins with `%`, which nothing resolves.
 */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = "";
  let position = 0;
  while (position < template.length) {
    const three = template.slice(position, position + 3);
    const opening = three.slice(0, 2);
    if (three === "$${" || three === "%%{") {
      text += three.slice(1);
      position += 3;
    } else if (opening === "${" || opening === "%{") {
      const end = closingBrace(template, position + 2);
      if (text) parts.push({ kind: "text", text });
      text = "";
      const inside = template.slice(position + 2, end).trim();
      parts.push({ kind: "expression", text: opening === "%{" ? `%${inside}` : inside });
      position = end + 1;
    } else {
      text += template[position];
      position += 1;
    }
  }
  if (text || parts.length === 0) parts.push({ kind: "text", text });
  return parts;
}

/** Where an expression ends: braces nest, and quoted strings in it may hold braces and templates of their own. */
function closingBrace(template: string, from: number): number {
  const open = ["{"];
  for (let position = from; position < template.length; position++) {
    const character = template[position];
    if (open.at(-1) === '"') {
      if (character === '"') open.pop();
      else if (character === "\\") position += 1;
      else if (template.startsWith("${", position)) {
        open.push("{");
        position += 1;
      }
    } else if (character === '"' || character === "{") {
      open.push(character);
    } else if (character === "}") {
      open.pop();
      if (open.length === 0) return position;
    }
  }
  return template.length;
}

/** `aws_vpc.main.id` or `data.aws_kms_key.own.arn`: a resource of the same stack and a path into it. */
export interface ResourceReference {
  readonly kind: "resource";
  readonly address: string;
  readonly path: readonly string[];
}

/** An output of another stack, read through its Terraform state. */
export interface OutputReference {
  readonly kind: "output";
  readonly stack: string;
  readonly output: string;
  readonly path: readonly string[];
}

/** A value that the stack gives a name: `local.range`. */
export interface LocalReference {
  readonly kind: "local";
  readonly name: string;
  readonly path: readonly string[];
}

/** CDKTF names the data source that reads another stack's state after that stack. */
const REMOTE_STATE_PREFIX = "cross-stack-reference-input-";

const REFERENCE = /^(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\.\d+|\[\d+\])+)$/;
const LOCAL = /^local\.([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\.\d+|\[\d+\])*)$/;
const NOT_RESOURCES = new Set(["count", "data", "each", "local", "module", "path", "self", "terraform", "var"]);

/** Parses an expression that is one plain reference; undefined for anything else, such as a function call. */
export function parseReference(expression: string): ResourceReference | OutputReference | LocalReference | undefined {
  const [, local, inLocal = ""] = LOCAL.exec(expression) ?? [];
  if (local !== undefined) return { kind: "local", name: local, path: inLocal.match(/[\w-]+/g) ?? [] };
  const [, data, type, name, rest] = REFERENCE.exec(expression) ?? [];
  if (type === undefined || name === undefined || rest === undefined || NOT_RESOURCES.has(type)) return undefined;
  const path = rest.match(/[\w-]+/g) ?? [];
  if (type !== "terraform_remote_state") return { kind: "resource", address: `${data ?? ""}${type}.${name}`, path };
  const [outputs, output, ...inside] = path;
  if (outputs !== "outputs" || output === undefined || !name.startsWith(REMOTE_STATE_PREFIX)) return undefined;
  return { kind: "output", stack: name.slice(REMOTE_STATE_PREFIX.length), output, path: inside };
}
