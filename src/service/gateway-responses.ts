import { STATUS_CODES } from "node:http";

/** An answer that API Gateway gives by itself, before or instead of a function. */
interface GatewayResponse {
  readonly type: string;
  /** @default - the one API Gateway has for the case; the body then names none */
  readonly status?: number;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What callers are told. A 500 of the authorizer stays a 500: a fault of ours must not look like a bad token. */
const gatewayResponses: readonly GatewayResponse[] = [
  { type: "BAD_REQUEST_BODY", status: 400, detail: "The body is not of the documented form." },
  { type: "BAD_REQUEST_PARAMETERS", status: 400, detail: "A required parameter is missing." },
  {
    type: "UNAUTHORIZED",
    status: 401,
    detail: "The request carries no valid token.",
    headers: { "WWW-Authenticate": "Bearer" },
  },
  { type: "ACCESS_DENIED", status: 403, detail: "The caller's roles do not allow this." },
  { type: "WAF_FILTERED", status: 403, detail: "The request was refused." },
  // API Gateway answers an unknown path as if a signature were missing.
  { type: "MISSING_AUTHENTICATION_TOKEN", status: 404, detail: "There is nothing at this path." },
  { type: "RESOURCE_NOT_FOUND", status: 404, detail: "There is nothing at this path." },
  { type: "REQUEST_TOO_LARGE", status: 413, detail: "The body may have at most 10 MB." },
  {
    type: "THROTTLED",
    status: 429,
    detail: "Too many requests came at once.",
    // A bucket gains at least one request a second.
    headers: { "Retry-After": "1" },
  },
  { type: "AUTHORIZER_FAILURE", status: 500, detail: "The token could not be checked now." },
  { type: "AUTHORIZER_CONFIGURATION_ERROR", status: 500, detail: "The token could not be checked now." },
  { type: "INTEGRATION_FAILURE", status: 504, detail: "The service did not answer." },
  { type: "INTEGRATION_TIMEOUT", status: 504, detail: "The service did not answer in time." },
  { type: "DEFAULT_4XX", detail: "The request was refused." },
  { type: "DEFAULT_5XX", detail: "The request could not be answered." },
];

/** The answers as problem details (RFC 9457), in the form of `ApiGatewayGatewayResponse`.
 *
 * The texts are fixed: what API Gateway puts in for `$context.error.…` is not always valid inside JSON.
 */
export const gatewayResponseConfigs = gatewayResponses.map(({ type, status, detail, headers = {} }) => ({
  responseType: type,
  ...(status === undefined ? {} : { statusCode: String(status) }),
  responseParameters: Object.fromEntries(
    // The template's key must be application/json, or API Gateway falls back to its own text; the header says what it is.
    Object.entries({ "Content-Type": "application/problem+json", ...headers }).map(([name, value]) => [
      `gatewayresponse.header.${name}`,
      `'${value}'`,
    ]),
  ),
  responseTemplates: { "application/json": body(detail, status) },
}));

function body(detail: string, status: number | undefined): string {
  const known = status === undefined ? { title: "Error" } : { title: STATUS_CODES[status], status };
  return JSON.stringify({ type: "about:blank", ...known, detail, requestId: "$context.requestId" });
}
