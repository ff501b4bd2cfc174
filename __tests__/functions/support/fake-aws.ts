import { Readable } from "node:stream";

/** A request as the AWS SDK would put it on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** Settings for a real SDK client whose requests are answered here instead of by AWS. */
export function answeredBy(answer: (request: WireRequest) => Promise<WireAnswer> | WireAnswer) {
  return {
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: WireRequest) {
        const { status, body } = await answer(request);
        const headers = { "content-type": "application/json" };
        return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } };
      },
    },
  };
}

/** Operation of a JSON service, such as `PutItem`. */
export function operationOf({ headers }: WireRequest): string {
  return headers["x-amz-target"]?.split(".").at(1) ?? "";
}

/** Operation and parameters of a service that is asked in forms, such as Amazon EC2. */
export function operationOfQuery(request: WireRequest) {
  const parameters = new URLSearchParams(textBody(request));
  return { operation: parameters.get("Action") ?? "", parameters };
}

export const isQuery = ({ headers }: WireRequest): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

export function jsonBody(request: WireRequest): Record<string, unknown> {
  return JSON.parse(textBody(request));
}

export function textBody({ body }: WireRequest): string {
  return typeof body === "string" ? body : Buffer.from(new Uint8Array(body ?? [])).toString("utf8");
}

export function ok(body: unknown = {}): WireAnswer {
  return { status: 200, body: JSON.stringify(body) };
}

/** An error of a JSON service. */
export function fault(name: string, more: object = {}, status = 400): WireAnswer {
  return { status, body: JSON.stringify({ __type: name, message: name, ...more }) };
}
