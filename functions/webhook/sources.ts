import { asksForReview, pullRequestEvent } from "../shared/github-event";
import { type HttpEvent, headerValues } from "../shared/http-event";
import { runEvent } from "../shared/spacelift-event";

/** What a delivery is for: work for the reviewer, nothing we act on, or work that cannot be read. */
export type Purpose = "work" | "ignored" | "unreadable";

interface Source {
  /** Lower case. The SHA-1 headers beside these are never read. */
  readonly signatureHeader: string;
  /** The sender's own id of a delivery, the same for each redelivery. */
  guid(event: HttpEvent): string | undefined;
  purpose(event: HttpEvent, payload: unknown): Purpose;
}

/** How the two senders differ. */
export const sources = {
  github: {
    signatureHeader: "x-hub-signature-256",
    guid: (event) => headerValues(event, "x-github-delivery").find((value) => /^[0-9a-fA-F-]{36}$/.test(value)),
    purpose(event, payload) {
      const [eventName] = headerValues(event, "x-github-event");
      if (!asksForReview(eventName, payload)) return "ignored";
      return pullRequestEvent.safeParse(payload).success ? "work" : "unreadable";
    },
  },
  // Run events carry a commit; Spacelift's notices about itself and runs of other hosts do not, and are not ours.
  spacelift: {
    signatureHeader: "x-signature-256",
    guid: () => undefined,
    purpose: (_event, payload) => (runEvent.safeParse(payload).success ? "work" : "ignored"),
  },
} as const satisfies Record<string, Source>;

export type WebhookSource = keyof typeof sources;
