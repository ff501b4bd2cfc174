import { api01 } from "../../../src/policy/rules/api-01-methods-ask-who-calls";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const judged = (attributes: JsonObject) => found(api01, { aws_api_gateway_method: { list: attributes } });

describe("API-01", () => {
  it.each<[string, JsonObject]>([
    ["has an authorizer", { http_method: "GET", authorization: "CUSTOM", authorizer_id: "a1" }],
    [
      "has a user pool outside of what is judged",
      {
        http_method: "GET",
        authorization: "COGNITO_USER_POOLS",
        authorizer_id: "${aws_api_gateway_authorizer.pool.id}",
      },
    ],
    ["asks for AWS credentials", { http_method: "ANY", authorization: "AWS_IAM" }],
    ["answers a preflight", { http_method: "OPTIONS", authorization: "NONE" }],
    ["is guarded as somebody else says", { http_method: "GET", authorization: "${var.kind}" }],
  ])("lets a method be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["is open", { http_method: "POST", authorization: "NONE" }, ["lets anybody call it."]],
    ["says nothing", { http_method: "POST" }, ["lets anybody call it."]],
    [
      "takes an API key for a caller",
      { http_method: "POST", authorization: "NONE", api_key_required: true },
      ["lets anybody call it."],
    ],
    ["names no authorizer", { http_method: "POST", authorization: "CUSTOM" }, ["names no authorizer."]],
  ])("finds a method that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_api_gateway_method.list ${message}`));
  });

  it("finds a route that is open or says nothing, and no other", () => {
    const routes = { open: { authorization_type: "NONE" }, silent: {}, guarded: { authorization_type: "JWT" } };
    expect(found(api01, { aws_apigatewayv2_route: routes })).toEqual([
      "aws_apigatewayv2_route.open lets anybody call it.",
      "aws_apigatewayv2_route.silent lets anybody call it.",
    ]);
  });
});
