import { obs01 } from "../../../src/policy/rules/obs-01-calls-are-traced";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const machine = {
  tracing_configuration: { enabled: true },
  logging_configuration: [{ include_execution_data: "true" }],
};

describe("OBS-01", () => {
  it.each<[string, JsonObject]>([
    ["aws_lambda_function", { tracing_config: { mode: "Active" } }],
    ["aws_lambda_function", { tracing_config: [{ mode: "${var.mode}" }] }],
    ["aws_api_gateway_stage", { xray_tracing_enabled: "true" }],
    ["aws_sfn_state_machine", machine],
    ["aws_apigatewayv2_stage", {}],
  ])("lets %s be with %j", (type, attributes) => {
    expect(found(obs01, { [type]: { one: attributes } })).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ["aws_lambda_function", {}, "is not traced by itself."],
    ["aws_lambda_function", { tracing_config: [{ mode: "PassThrough" }] }, "is not traced by itself."],
    ["aws_api_gateway_stage", {}, "is not traced."],
    ["aws_api_gateway_stage", { xray_tracing_enabled: false }, "is not traced."],
    ["aws_sfn_state_machine", { ...machine, tracing_configuration: [{ enabled: false }] }, "is not traced."],
    [
      "aws_sfn_state_machine",
      { ...machine, logging_configuration: { level: "ALL" } },
      "does not log what it was given.",
    ],
  ])("finds %s with %j", (type, attributes, message) => {
    expect(found(obs01, { [type]: { one: attributes } })).toEqual([`${type}.one ${message}`]);
  });
});
