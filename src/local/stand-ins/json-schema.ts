export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
}

/** Every text the stand-in writes begins so: what carries it came from here and not from the emulator's own answer. */
export const STAND_IN_TEXT = "Local stand-in.";

/** Returns the smallest value a JSON schema allows: required properties only, the first of an enum, shortest arrays.
 *
 * Throws on a schema without a type it knows: a stand-in that guesses would hide a tool the model cannot fill in.
 */
export function smallestInstance(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, smallestInstance(schema.properties?.[name] ?? {})]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => smallestInstance(schema.items ?? {}));
    case "string":
      return STAND_IN_TEXT.padEnd(schema.minLength ?? 0, ".");
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    case "boolean":
      return false;
    default:
      throw new Error(`The Bedrock stand-in cannot make a value for the schema ${JSON.stringify(schema)}.`);
  }
}
