import type { HttpEvent } from "../../../functions/shared/http-event";

/** Event as API Gateway builds it from a request's headers in order of arrival. */
export function httpEvent(
  route: string,
  request: {
    readonly headers?: readonly (readonly [string, string])[];
    readonly body?: string | null;
    readonly isBase64Encoded?: boolean;
    readonly roles?: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly path?: Readonly<Record<string, string>>;
  } = {},
): HttpEvent {
  const [httpMethod = "", resource = ""] = route.split(" ");
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of request.headers ?? [])
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
  return {
    httpMethod,
    resource,
    headers: Object.fromEntries(request.headers ?? []),
    multiValueHeaders,
    body: request.body ?? null,
    isBase64Encoded: request.isBase64Encoded ?? false,
    pathParameters: request.path ?? null,
    queryStringParameters: request.query ?? null,
    requestContext: {
      requestId: "request-1",
      ...(request.roles !== undefined && { authorizer: { roles: request.roles, sub: "someone" } }),
    },
  };
}

/** Keeps what is logged and measured, so that a test can look at it. */
export function recorder() {
  const lines: { readonly level: string; readonly message: string; readonly fields: object }[] = [];
  const samples: { readonly dimension: string; readonly value: string; readonly samples: object }[] = [];
  const line = (level: string) => (message: string, fields: object) => void lines.push({ level, message, fields });
  return {
    lines,
    samples,
    log: { info: line("info"), warn: line("warn"), error: line("error") },
    record: (dimension: string, value: string, recorded: object) =>
      void samples.push({ dimension, value, samples: recorded }),
  };
}
