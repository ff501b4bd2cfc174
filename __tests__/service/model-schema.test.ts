import { modelSchema } from "../../src/service/model-schema";

describe("a schema of the API's document as a model", () => {
  it("takes the schemas along that it refers to, each once, circles included", () => {
    const schemas = {
      Tree: {
        type: "object",
        properties: {
          // A property may be called like a keyword.
          const: { $ref: "#/components/schemas/Leaf" },
          children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
        },
        additionalProperties: { $ref: "#/components/schemas/Leaf" },
      },
      Leaf: { type: "string", enum: ["oak", "elm"] },
      Stone: { type: "number" },
    };

    const tree = {
      type: "object",
      properties: {
        const: { $ref: "#/definitions/Leaf" },
        children: { type: "array", items: { $ref: "#/definitions/Tree" } },
      },
      additionalProperties: { $ref: "#/definitions/Leaf" },
    };
    expect(modelSchema("Tree", schemas)).toEqual({
      $schema: "http://json-schema.org/draft-04/schema#",
      ...tree,
      definitions: { Tree: tree, Leaf: { type: "string", enum: ["oak", "elm"] } },
    });
  });

  it.each([
    [{ const: "x" }, "A/const cannot be said in draft 4"],
    [{ exclusiveMinimum: 0 }, "A/exclusiveMinimum cannot be said in draft 4"],
    [{ type: "object", properties: { b: { if: {} } } }, "A/properties/b/if cannot be said in draft 4"],
    [{ anyOf: [{ unevaluatedProperties: false }] }, "A/anyOf/unevaluatedProperties cannot be said in draft 4"],
    [{ $ref: "https://example.com/schema" }, "references must begin with #/components/schemas/"],
    [{ $ref: "#/components/schemas/Nowhere" }, 'The API\'s document has no schema "Nowhere".'],
  ])("is refused where API Gateway would ignore a part of it: %p", (schema, message) => {
    expect(() => modelSchema("A", { A: schema })).toThrow(message);
  });
});
