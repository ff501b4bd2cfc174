import openapi from "../../functions/openapi.json";
import { Fn } from "../../src/cdktf";
import { type Route, routes } from "../../src/limits/routes";
import type { ApiDescription } from "../../src/service/api-operations";
import { RestApi } from "../../src/service/rest-api";
import { type Attributes, only, resources, synthesize } from "../support/synthesize";
import { serviceStack } from "./synthesized";

const json = serviceStack("production");
const byOperation = (operation: string): Attributes => {
  const found = resources(json, "aws_api_gateway_method").find(({ operation_name }) => operation_name === operation);
  if (found === undefined) throw new Error(`There is no method for ${operation}.`);
  return found;
};

describe("the methods", () => {
  it("are those of the table, open only where a signature or nothing is asked for", () => {
    const methods = resources(json, "aws_api_gateway_method").map(
      ({ operation_name, http_method, authorization }) => `${operation_name} ${http_method} ${authorization}`,
    );

    expect(methods.sort()).toEqual([
      "deleteReview DELETE CUSTOM",
      "getHealth GET NONE",
      "getReview GET CUSTOM",
      "listReviews GET CUSTOM",
      "receiveGithubEvent POST NONE",
      "receiveSpaceliftEvent POST NONE",
      "submitReview POST CUSTOM",
    ]);
  });

  it("are all validated, body and parameters", () => {
    const validators = new Set(
      resources(json, "aws_api_gateway_method").map(({ request_validator_id }) => request_validator_id),
    );

    expect([...validators]).toEqual([expect.stringMatching(/^\$\{aws_api_gateway_request_validator\./)]);
    expect(only(json, "aws_api_gateway_request_validator")).toMatchObject({
      validate_request_body: true,
      validate_request_parameters: true,
    });
  });

  it("demand the parameters that the API's document demands", () => {
    expect(byOperation("listReviews").request_parameters).toEqual({ "method.request.querystring.repository": true });
    expect(byOperation("getReview").request_parameters).toEqual({ "method.request.path.id": true });
    // A delivery without its signature is answered 401 by the function, not 400 by API Gateway.
    expect(byOperation("receiveGithubEvent")).not.toHaveProperty("request_parameters");
  });

  it("check a body whatever content type it claims", () => {
    for (const operation of ["receiveGithubEvent", "receiveSpaceliftEvent", "submitReview"]) {
      const models = byOperation(operation).request_models as Record<string, string>;
      expect(Object.keys(models).sort()).toEqual(["$default", "application/json"]);
      expect(models.$default).toBe(models["application/json"]);
    }
  });

  it("may call their function by their own path only", () => {
    const sources = resources(json, "aws_lambda_permission")
      .filter(({ principal }) => principal === "apigateway.amazonaws.com")
      .map(({ source_arn }) => String(source_arn).replace("${aws_api_gateway_rest_api.api.execution_arn}", ""));

    expect(sources.sort()).toEqual([
      "/*/DELETE/api/v1/reviews/*",
      "/*/GET/api/v1/reviews",
      "/*/GET/api/v1/reviews/*",
      "/*/GET/health",
      "/*/POST/api/v1/reviews",
      "/*/POST/webhooks/github",
      "/*/POST/webhooks/spacelift",
      expect.stringMatching(/^\/authorizers\/\$\{aws_api_gateway_authorizer\./),
    ]);
  });
});

it("a token is shown to the authorizer only if it looks like one, and its answer kept for five minutes", () => {
  const { identity_validation_expression, ...authorizer } = only(json, "aws_api_gateway_authorizer");

  expect(authorizer).toMatchObject({
    type: "TOKEN",
    identity_source: "method.request.header.Authorization",
    authorizer_result_ttl_in_seconds: 300,
  });
  const looksLikeOne = new RegExp(String(identity_validation_expression));
  expect(
    ["Bearer aa.bb.cc", "Bearer x aa.bb.cc", "Bearer aa.bb", "Basic YTpi", ""].map((text) => looksLikeOne.test(text)),
  ).toEqual([true, false, false, false, false]);
});

describe("the model of a submission", () => {
  it("is the document's schema in draft 4", () => {
    const model = resources(json, "aws_api_gateway_model").find(({ name }) => name === "Submission");

    expect(JSON.parse(String(model?.schema))).toMatchObject({
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      required: ["repository", "pullRequest"],
      additionalProperties: false,
    });
  });
});

describe("API Gateway's own answers", () => {
  const responses = resources(json, "aws_api_gateway_gateway_response");

  it.each([
    ["BAD_REQUEST_BODY", "400", "Bad Request", {}],
    ["BAD_REQUEST_PARAMETERS", "400", "Bad Request", {}],
    ["UNAUTHORIZED", "401", "Unauthorized", { "WWW-Authenticate": "Bearer" }],
    ["ACCESS_DENIED", "403", "Forbidden", {}],
    ["WAF_FILTERED", "403", "Forbidden", {}],
    ["MISSING_AUTHENTICATION_TOKEN", "404", "Not Found", {}],
    ["RESOURCE_NOT_FOUND", "404", "Not Found", {}],
    ["REQUEST_TOO_LARGE", "413", "Payload Too Large", {}],
    ["THROTTLED", "429", "Too Many Requests", { "Retry-After": "1" }],
    ["AUTHORIZER_FAILURE", "500", "Internal Server Error", {}],
    ["AUTHORIZER_CONFIGURATION_ERROR", "500", "Internal Server Error", {}],
    ["INTEGRATION_FAILURE", "504", "Gateway Timeout", {}],
    ["INTEGRATION_TIMEOUT", "504", "Gateway Timeout", {}],
    ["DEFAULT_4XX", undefined, "Error", {}],
    ["DEFAULT_5XX", undefined, "Error", {}],
  ])("%s is a problem of status %s", (type, statusCode, title, headers) => {
    const response = responses.find(({ response_type }) => response_type === type);
    const templates = response?.response_templates as Record<string, string>;

    expect(response?.status_code).toBe(statusCode);
    expect(response?.response_parameters).toEqual(
      Object.fromEntries(
        Object.entries({ "Content-Type": "application/problem+json", ...headers }).map(([name, value]) => [
          `gatewayresponse.header.${name}`,
          `'${value}'`,
        ]),
      ),
    );
    expect(JSON.parse(String(templates["application/json"]))).toEqual({
      type: "about:blank",
      title,
      ...(statusCode ? { status: Number(statusCode) } : {}),
      detail: expect.stringMatching(/\.$/),
      requestId: "$context.requestId",
    });
  });

  it("are these and no others", () => {
    expect(responses).toHaveLength(15);
  });
});

describe("the stage", () => {
  const stage = only(json, "aws_api_gateway_stage");

  it("is traced, and shows its certificate to back ends", () => {
    expect(stage).toMatchObject({
      stage_name: "live",
      xray_tracing_enabled: true,
      client_certificate_id: expect.stringMatching(/^\$\{aws_api_gateway_client_certificate\./),
    });
  });

  it("writes a line for every request with what runbooks ask for", () => {
    const { format, destination_arn } = stage.access_log_settings as Record<string, string>;

    expect(destination_arn).toBe("${aws_cloudwatch_log_group.access-logs.arn}");
    expect(JSON.parse(String(format))).toMatchObject({
      requestId: "$context.requestId",
      route: "$context.resourcePath",
      status: "$context.status",
      responseType: "$context.error.responseType",
      integrationStatus: "$context.integrationStatus",
      integrationLatencyMs: "$context.integrationLatency",
      principal: "$context.authorizer.principalId",
    });
  });

  it("leaves nothing to a log group that AWS would make without expiry", () => {
    const groups = resources(json, "aws_cloudwatch_log_group").map(({ name, retention_in_days, kms_key_id }) => [
      name,
      retention_in_days,
      kms_key_id,
    ]);

    expect(groups).toContainEqual(["/platform/acme-production-api-access", 90, "key/logs"]);
    expect(groups).toContainEqual([
      "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.api.id}/live",
      365,
      "key/logs",
    ]);
    expect(stage.depends_on).toEqual([expect.stringMatching(/^aws_cloudwatch_log_group\.stage_execution-logs_/)]);
  });

  it("waits for everything that a deployment copies, and changes over without a gap", () => {
    const deployment = only(json, "aws_api_gateway_deployment");
    const types = new Set((deployment.depends_on as string[]).map((address) => address.split(".")[0]));

    expect(types).toEqual(
      new Set([
        "aws_api_gateway_authorizer",
        "aws_api_gateway_gateway_response",
        "aws_api_gateway_integration",
        "aws_api_gateway_method",
        "aws_api_gateway_model",
        "aws_api_gateway_request_validator",
        "aws_api_gateway_resource",
      ]),
    );
    expect(deployment.lifecycle).toEqual({ create_before_destroy: true });
  });
});

describe("a new deployment", () => {
  // As references are: what they lead to is not in the text.
  const target = (name: string) => ({
    physicalName: name,
    name: Fn.lower(name),
    aliasInvokeArn: Fn.lower(`arn:${name}`),
  });
  interface Change {
    readonly routes?: readonly Route[];
    readonly description?: ApiDescription;
    readonly resultTtlSeconds?: number;
    readonly webhook?: string;
    readonly hasOwnDomain?: boolean;
    readonly before?: number;
  }
  const version = ({ before = 0, ...change }: Change = {}): string => {
    let version = "";
    synthesize((stack) => {
      const api = (id: string) =>
        new RestApi(stack, id, {
          name: "api",
          routes: change.routes ?? routes,
          description: change.description ?? openapi,
          targets: { webhook: target(change.webhook ?? "webhook"), "reviews-api": target("reviews-api") },
          hasOwnDomain: change.hasOwnDomain ?? false,
          authorizer: {
            name: "token",
            target: target("authorizer"),
            resultTtlSeconds: change.resultTtlSeconds ?? 300,
          },
        });
      for (let other = 0; other < before; other++) api(`other-${other}`);
      ({ version } = api("api"));
    });
    return version;
  };
  const unchanged = version();
  const [first, ...others] = routes;
  const changedSchema = structuredClone(openapi);
  Object.assign(changedSchema.components.schemas.Submission.properties.pullRequest, { maximum: 5 });

  it("is not made where nothing changes, whatever else is built", () => {
    expect(version()).toBe(unchanged);
    expect(version({ before: 2 })).toBe(unchanged);
  });

  it.each<[string, Change]>([
    ["a route goes", { routes: others }],
    ["a route asks for a token", { routes: [{ ...first, protection: "authorizer" }, ...others] }],
    ["a route moves to another function", { routes: [{ ...first, function: "reviews-api" }, ...others] }],
    ["a function is another", { webhook: "webhook-2" }],
    ["a model changes", { description: changedSchema }],
    ["the authorizer's answers are kept for less", { resultTtlSeconds: 60 }],
    ["AWS's own host is closed", { hasOwnDomain: true }],
  ])("is made where %s", (_, change) => {
    expect(version(change)).not.toBe(unchanged);
  });

  it("is refused where routes and document disagree", () => {
    expect(() => version({ routes: [{ ...first, path: "/webhooks/gitlab" }, ...others] })).toThrow(
      "functions/openapi.json has nothing at POST /webhooks/gitlab, but src/limits/routes.ts has receiveGithubEvent.",
    );
  });
});
