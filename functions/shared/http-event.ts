/** The parts of API Gateway's proxy event that functions read; every other header is left behind on entry.
 *
 * GitHub sent webhook secrets in a header of their own for some months of 2025, so headers are neither passed on nor
 * logged.
 */
export interface HttpEvent {
  readonly httpMethod: string;
  /** Path template of the route. */
  readonly resource: string;
  readonly headers: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders: Readonly<Record<string, string[] | undefined>> | null;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly pathParameters: Readonly<Record<string, string | undefined>> | null;
  readonly queryStringParameters: Readonly<Record<string, string | undefined>> | null;
  readonly requestContext: {
    readonly requestId: string;
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
  };
}

/** All values of a header, by name in any case.
 *
 * `headers` keeps one of two equal headers, so the values come from `multiValueHeaders` where that is there.
 */
export function headerValues(event: Pick<HttpEvent, "headers" | "multiValueHeaders">, name: string): string[] {
  const headers = Object.entries(event.multiValueHeaders ?? event.headers ?? {});
  return headers.filter(([key]) => key.toLowerCase() === name).flatMap(([, value]) => value ?? []);
}

/** The body's bytes as they were sent; API Gateway passes zero bytes as null and binary media types as base64. */
export function rawBody({ body, isBase64Encoded }: Pick<HttpEvent, "body" | "isBase64Encoded">): Buffer {
  return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}

/** Roles the authorizer has put into the request's context; none where no authorizer has run. */
export function callerRoles(event: HttpEvent): readonly string[] {
  const roles = event.requestContext.authorizer?.roles;
  return typeof roles === "string" ? roles.split(" ").filter((role) => role !== "") : [];
}
