import { api07 } from "../../../src/policy/rules/api-07-apis-speak-modern-tls";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const newest = "SecurityPolicy_TLS13_1_3_2025_09";

describe("API-07", () => {
  it.each(["TLS_1_2", newest, "${var.policy}"])("lets a domain take %s", (policy) => {
    expect(found(api07, { aws_api_gateway_domain_name: { api: { security_policy: policy } } })).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ security_policy: "TLS_1_0" }, "takes connections by TLS_1_0."],
    [{}, "names no security policy."],
  ])("finds a domain with %j, in both versions and both forms", (attributes, message) => {
    const domains = {
      one: { domain_name_configuration: attributes },
      many: { domain_name_configuration: [attributes] },
    };
    expect(found(api07, { aws_api_gateway_domain_name: { api: attributes } })).toEqual([
      `aws_api_gateway_domain_name.api ${message}`,
    ]);
    expect(found(api07, { aws_apigatewayv2_domain_name: domains })).toEqual([
      `aws_apigatewayv2_domain_name.one ${message}`,
      `aws_apigatewayv2_domain_name.many ${message}`,
    ]);
  });

  it("asks a client certificate of stages that can have one", () => {
    const stages = {
      http: { api_id: "${aws_apigatewayv2_api.http.id}" },
      chat: { api_id: "${aws_apigatewayv2_api.chat.id}" },
    };
    const fragment = {
      aws_api_gateway_stage: { bare: {}, live: { client_certificate_id: "c1" } },
      aws_apigatewayv2_api: { http: { protocol_type: "HTTP" }, chat: { protocol_type: "WEBSOCKET" } },
      aws_apigatewayv2_stage: stages,
    };
    expect(found(api07, fragment)).toEqual([
      "aws_api_gateway_stage.bare shows no client certificate to back ends.",
      "aws_apigatewayv2_stage.chat shows no client certificate to back ends.",
    ]);
  });

  it("finds an API whose default address goes around its domain", () => {
    const fragment = {
      aws_api_gateway_rest_api: { open: {}, unmapped: {}, closed: { disable_execute_api_endpoint: true } },
      aws_api_gateway_base_path_mapping: {
        open: { api_id: "${aws_api_gateway_rest_api.open.id}" },
        closed: { api_id: "${aws_api_gateway_rest_api.closed.id}" },
        elsewhere: { api_id: "${aws_api_gateway_rest_api.elsewhere.id}" },
      },
      aws_apigatewayv2_api: { http: { disable_execute_api_endpoint: "false" } },
      aws_apigatewayv2_api_mapping: { http: { api_id: "${aws_apigatewayv2_api.http.id}" } },
    };
    expect(found(api07, fragment)).toEqual([
      "aws_api_gateway_rest_api.open can be called around its domain.",
      "aws_apigatewayv2_api.http can be called around its domain.",
    ]);
  });
});
