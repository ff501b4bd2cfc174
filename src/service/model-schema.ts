/** A JSON schema, or part of one. */
export type Schema = Readonly<Record<string, unknown>>;

const inOpenApi = "#/components/schemas/";
const inModel = "#/definitions/";

/** Keywords that mean the same in OpenAPI 3.1 and in draft 4, which is what API Gateway's models speak. */
const shared = [
  ...["type", "enum", "description", "title", "format", "$ref"],
  ...["properties", "required", "additionalProperties", "minProperties", "maxProperties"],
  ...["items", "minItems", "maxItems", "uniqueItems"],
  ...["minLength", "maxLength", "pattern", "minimum", "maximum", "multipleOf"],
  ...["allOf", "anyOf", "oneOf", "not"],
];

/** A named schema of an OpenAPI document as one draft 4 schema; the schemas it refers to come along.
 *
 * Throws for a keyword that draft 4 reads differently or not at all: API Gateway would ignore it, and let through what
 * the document forbids.
 */
export function modelSchema(name: string, schemas: Readonly<Record<string, Schema>>): Schema {
  const definitions: Record<string, Schema> = {};

  const schemaNamed = (wanted: string): Schema => {
    const schema = schemas[wanted];
    if (schema === undefined) throw new Error(`The API's document has no schema "${wanted}".`);
    return converted(schema, wanted);
  };

  const reference = (target: unknown, place: string): string => {
    if (typeof target !== "string" || !target.startsWith(inOpenApi)) {
      throw new Error(`${place}/$ref is ${JSON.stringify(target)}; references must begin with ${inOpenApi}.`);
    }
    const wanted = target.slice(inOpenApi.length);
    if (!(wanted in definitions)) {
      definitions[wanted] = {};
      definitions[wanted] = schemaNamed(wanted);
    }
    return inModel + wanted;
  };

  const converted = (schema: Schema, place: string): Schema =>
    Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => {
        if (!shared.includes(keyword)) {
          throw new Error(`${place}/${keyword} cannot be said in draft 4. Write it in other words, or leave it out.`);
        }
        return [keyword, keyword === "$ref" ? reference(value, place) : inside(keyword, value, `${place}/${keyword}`)];
      }),
    );

  /** Steps into what holds schemas; `properties` maps names, not keywords, to them. */
  const inside = (keyword: string, value: unknown, place: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => (isSchema(item) ? converted(item, place) : item));
    if (!isSchema(value)) return value;
    if (keyword !== "properties") return converted(value, place);
    return Object.fromEntries(
      Object.entries(value).map(([key, property]) => [
        key,
        isSchema(property) ? converted(property, `${place}/${key}`) : property,
      ]),
    );
  };

  const root = schemaNamed(name);
  return {
    $schema: "http://json-schema.org/draft-04/schema#",
    ...root,
    ...(Object.keys(definitions).length > 0 ? { definitions } : {}),
  };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
