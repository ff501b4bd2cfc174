import { api02 } from "../../../src/policy/rules/api-02-methods-validate-requests";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(api02, { aws_api_gateway_method: { list: attributes } });

describe("API-02", () => {
  it.each<[string, JsonObject]>([
    ["has a validator", { http_method: "GET", request_validator_id: "${aws_api_gateway_request_validator.all.id}" }],
  ])("lets a method be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["has none", { http_method: "GET" }, ["does not validate its requests."]],
    ["has an empty one", { http_method: "GET", request_validator_id: "" }, ["does not validate its requests."]],
    ["answers a preflight without one", { http_method: "OPTIONS" }, ["does not validate its requests."]],
  ])("finds a method that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_api_gateway_method.list ${message}`));
  });
});
