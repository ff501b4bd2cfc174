import { createHmac, randomUUID } from "node:crypto";

export type Sender = "github" | "spacelift";

export interface Delivery {
  readonly sender: Sender;
  /** GitHub's event name; Spacelift has none. */
  readonly event: string;
  readonly body: string;
  readonly key: string;
  /** @default - a new one; a redelivery repeats it */
  readonly id?: string;
}

/** Signs raw bytes as GitHub and Spacelift do: HMAC-SHA256, hex. */
export const signature = (body: string, key: string): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

/** Returns the request a sender would make. */
export function signedRequest({ sender, event, body, key, id = randomUUID() }: Delivery): RequestInit {
  const headers: Record<string, string> =
    sender === "github"
      ? {
          "user-agent": "GitHub-Hookshot/local",
          "x-github-event": event,
          "x-github-delivery": id,
          "x-hub-signature-256": signature(body, key),
        }
      : { "user-agent": "Spacelift", "x-signature-256": signature(body, key) };
  return { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
}

/** Names the GitHub event a payload belongs to by the field that only this event has; undefined where it cannot tell. */
export function eventOf(body: string): string | undefined {
  const payload = JSON.parse(body) as Readonly<Record<string, unknown>>;
  if ("zen" in payload) return "ping";
  if ("review" in payload) return "pull_request_review";
  if ("comment" in payload) return undefined;
  return ["pull_request", "check_run", "check_suite"].find((field) => field in payload);
}
