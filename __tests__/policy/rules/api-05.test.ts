import { api05 } from "../../../src/policy/rules/api-05-stages-stand-behind-a-web-acl";
import { found } from "../fragment";

const behind = (resourceArn: string) =>
  found(api05, {
    aws_api_gateway_stage: { live: { stage_name: "live", rest_api_id: "${aws_api_gateway_rest_api.api.id}" } },
    aws_wafv2_web_acl_association: { live: { resource_arn: resourceArn, web_acl_arn: "arn" } },
  });
const restApis = "arn:aws:apigateway:us-east-1::/restapis";

describe("API-05", () => {
  it.each([
    "${aws_api_gateway_stage.live.arn}",
    `${restApis}/\${aws_api_gateway_rest_api.api.id}/stages/live`,
    `${restApis}/\${aws_api_gateway_rest_api.api.id}/stages/\${aws_api_gateway_stage.live.stage_name}`,
  ])("lets a stage be that is associated as %s", (resourceArn) => {
    expect(behind(resourceArn)).toEqual([]);
  });

  it.each([
    "${aws_api_gateway_stage.test.arn}",
    "${aws_api_gateway_stage.live_two.arn}",
    `${restApis}/\${aws_api_gateway_rest_api.api.id}/stages/test`,
    `${restApis}/\${aws_api_gateway_rest_api.other.id}/stages/live`,
  ])("finds a stage where only %s is associated", (resourceArn) => {
    expect(behind(resourceArn)).toEqual(["aws_api_gateway_stage.live has no web ACL."]);
  });

  it("asks nothing of an HTTP API, which no web ACL can stand before", () => {
    expect(found(api05, { aws_apigatewayv2_stage: { live: {} } })).toEqual([]);
  });
});
