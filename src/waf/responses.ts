import { STATUS_CODES } from "node:http";

/** What a blocked request is answered; AWS WAF takes 503 but counts it, like every block, as a client error. */
export const blockResponses = {
  forbidden: { status: 403, detail: "The request was refused." },
  unauthorized: { status: 401, detail: "The request carries no credentials of the expected form." },
  "method-not-allowed": { status: 405, detail: "This path answers POST." },
  "too-large": { status: 413, detail: "The body may have at most 8,192 bytes here." },
  "too-many-requests": { status: 429, detail: "Too many requests came from this sender." },
  "try-again": { status: 503, detail: "Too many deliveries came at once. Deliver again." },
} as const;

export type BlockResponse = keyof typeof blockResponses;

/** The bodies as problem details (RFC 9457); AWS WAF sets the content type `application/json` itself. */
export const blockBodies = Object.entries(blockResponses).map(([key, { status, detail }]) => ({
  key,
  contentType: "APPLICATION_JSON",
  content: JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail }),
}));
