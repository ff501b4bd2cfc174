import { api08 } from "../../../src/policy/rules/api-08-apis-are-replaced-without-a-gap";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

describe("API-08", () => {
  describe.each(["aws_api_gateway_rest_api", "aws_api_gateway_deployment", "aws_acm_certificate"])("%s", (type) => {
    it.each<JsonObject>([
      { lifecycle: { create_before_destroy: true } },
      { lifecycle: [{ create_before_destroy: "true" }] },
    ])("may be written with %j", (attributes) => {
      expect(found(api08, { [type]: { one: attributes } })).toEqual([]);
    });

    it.each<JsonObject>([
      {},
      { lifecycle: { prevent_destroy: true } },
      { lifecycle: [{ create_before_destroy: false }] },
    ])("is found with %j", (attributes) => {
      expect(found(api08, { [type]: { one: attributes } })).toEqual([
        `${type}.one is destroyed before its replacement is there.`,
      ]);
    });
  });
});
