import { STATUS_CODES } from "node:http";
import type * as z from "zod";

type Headers = Readonly<Record<string, string>>;

/** What a function gives API Gateway back. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Problem details as RFC 9457 defines them; `type` is about:blank, so the title is the status's own. */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Which part of the input was refused and why; never what was sent. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** Tells a sender when to deliver again; GitHub and Spacelift lose what is answered with a 4xx. */
export const retrySoon = { "retry-after": "30" };

export function json(statusCode: number, body: unknown): HttpAnswer {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Answer in `application/problem+json`. */
export function problem(status: number, detail: string, headers: Headers = {}, errors?: Problem["errors"]): HttpAnswer {
  const title = STATUS_CODES[status] ?? "Error";
  const body: Problem = { type: "about:blank", title, status, detail, ...(errors && { errors }) };
  return {
    statusCode: status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify(body),
  };
}

/** 400 that names each refused part of the input. */
export function invalidInput(error: z.ZodError): HttpAnswer {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return problem(400, "The request is not valid.", {}, errors);
}
