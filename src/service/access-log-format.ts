/** One JSON line a request; runbooks and saved queries use these names.
 *
 * Source: API Gateway Developer Guide, "Variables for access logging". Left out is what a caller controls: path, query
 * and headers may hold personal data, and the firewall logs them already.
 */
export const accessLogFormat = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTime",
  traceId: "$context.xrayTraceId",
  sourceIp: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  route: "$context.resourcePath",
  status: "$context.status",
  responseType: "$context.error.responseType",
  responseLatencyMs: "$context.responseLatency",
  responseBytes: "$context.responseLength",
  /** What the Lambda service answered; `functionStatus` is the function's own. */
  integrationStatus: "$context.integrationStatus",
  functionStatus: "$context.integration.status",
  integrationLatencyMs: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  principal: "$context.authorizer.principalId",
  authorizerStatus: "$context.authorizer.status",
  authorizerLatencyMs: "$context.authorizer.latency",
  authorizerError: "$context.authorizer.error",
  firewallStatus: "$context.waf.status",
  firewallResponse: "$context.wafResponseCode",
});
