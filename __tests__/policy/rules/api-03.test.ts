import { api03 } from "../../../src/policy/rules/api-03-stages-log-access-as-json";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const format = (values: JsonObject) => ({
  access_log_settings: { destination_arn: "${aws_x.log.arn}", format: JSON.stringify(values) },
});
const all = {
  id: "$context.requestId",
  status: "$context.status",
  path: "$context.resourcePath",
  caller: "$context.authorizer.principalId",
  latency: "$context.integrationLatency",
};
const isNoObject = "logs access in a format that is not a JSON object.";

const judged = (attributes: JsonObject) => found(api03, { aws_api_gateway_stage: { live: attributes } });

describe("API-03", () => {
  it.each<[string, JsonObject]>([
    ["logs everything", format(all)],
    ["holds its block in a list", { access_log_settings: [format(all).access_log_settings] }],
    ["logs objects in objects", format({ call: { ...all, path: "route $context.routeKey" } })],
    ["logs as somebody else says", { access_log_settings: { destination_arn: "arn", format: "${var.format}" } }],
  ])("lets a stage be that %s", (_, attributes) => {
    expect(judged(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    ["logs nothing", {}, ["logs no access."]],
    ["logs nowhere", { access_log_settings: { format: "{}" } }, ["logs no access."]],
    ["logs without a format", { access_log_settings: { destination_arn: "arn" } }, ["logs access in no format."]],
    ["logs free text", { access_log_settings: { destination_arn: "arn", format: "$context.requestId" } }, [isNoObject]],
    [
      "logs a list",
      { access_log_settings: { destination_arn: "arn", format: '["$context.requestId"]' } },
      [isNoObject],
    ],
    [
      "leaves out the caller",
      format({ ...all, caller: "-" }),
      ["logs access without $context.authorizer.principalId."],
    ],
    [
      "holds variables that only begin alike",
      format({ ...all, id: "$context.requestIdentity", status: "$context.statusText" }),
      ["logs access without $context.requestId, $context.status."],
    ],
  ])("finds a stage that %s", (_, attributes, messages) => {
    expect(judged(attributes)).toEqual(messages.map((message) => `aws_api_gateway_stage.live ${message}`));
  });

  it("judges stages of HTTP APIs too", () => {
    expect(found(api03, { aws_apigatewayv2_stage: { live: {} } })).toEqual([
      "aws_apigatewayv2_stage.live logs no access.",
    ]);
  });
});
