import { randomUUID } from "node:crypto";
import { signedRequest } from "../delivery";

/** One attempt at a delivery, with the fields and words of GitHub's REST API ("hook-delivery"). */
export interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly redelivery: boolean;
  /** Seconds. */
  readonly duration: number;
  /** `OK`, or what went wrong. */
  readonly status: string;
  /** 0 where nobody answered. */
  readonly status_code: number;
  readonly event: string;
  readonly action: string | null;
  readonly installation_id: number | null;
  readonly repository_id: number | null;
  readonly throttled_at: string | null;
}

/** What is sent, in the order of the first attempt. */
export interface Event {
  readonly event: string;
  /** JSON text, sent as it is. */
  readonly body: string;
  /** Where the first attempt goes instead of the hook's address. */
  readonly firstTo?: string;
  /** How long ago the first attempt is said to have been, in seconds. */
  readonly firstSecondsAgo?: number;
  /** Whether later attempts are signed as the first was: which it is, GitHub does not say. */
  readonly keepsSignature?: boolean;
}

/** A hook's settings; the secret is never answered. */
export interface HookConfig {
  readonly url: string;
  readonly content_type: string;
  readonly insecure_ssl: string;
  readonly secret?: string;
}

/** An attempt with what was sent and answered. */
export interface AttemptRecord {
  readonly attempt: Attempt;
  readonly sent: Event & { readonly url: string; readonly secret: string };
  readonly answer: string;
}

export interface HookSender {
  config: HookConfig;
  /** All attempts, newest first. */
  attempts(): readonly AttemptRecord[];
  /** Sends an event for the first time, and waits for what becomes of it. */
  send(event: Event): Promise<Attempt>;
  /** Sends what an attempt has sent once more, under the same GUID. */
  repeat(record: AttemptRecord): void;
}

/** GitHub gives a receiver this long ("Best practices for using webhooks"). */
const timeoutMs = 10_000;

/** Sends what a webhook sends, once: whatever becomes of an attempt, it is written down and not repeated. */
export function hookSender(settings: HookConfig, nextId: () => number): HookSender {
  const records: AttemptRecord[] = [];

  const attempt = async (guid: string, sent: AttemptRecord["sent"], redelivery: boolean): Promise<Attempt> => {
    const { event, body, url, secret, firstSecondsAgo = 0 } = sent;
    const startedAt = Date.now();
    const { status, statusCode, answer } = await post(url, {
      ...signedRequest({ sender: "github", event, body, key: secret, id: guid }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const made: Attempt = {
      id: nextId(),
      guid,
      delivered_at: new Date(startedAt - (redelivery ? 0 : firstSecondsAgo * 1_000)).toISOString(),
      redelivery,
      duration: (Date.now() - startedAt) / 1_000,
      status,
      status_code: statusCode,
      event,
      ...idsIn(body),
      throttled_at: null,
    };
    records.push({ attempt: made, sent, answer });
    return made;
  };

  const sender: HookSender = {
    config: settings,
    attempts: () => [...records].sort((one, other) => other.attempt.id - one.attempt.id),
    send(event) {
      const { url, secret = "" } = sender.config;
      return attempt(randomUUID(), { ...event, url: event.firstTo ?? url, secret }, false);
    },
    repeat({ attempt: { guid }, sent }) {
      const { url, secret = "" } = sender.config;
      void attempt(guid, { ...sent, url, secret: sent.keepsSignature ? sent.secret : secret }, true);
    },
  };
  return sender;
}

async function post(url: string, request: RequestInit) {
  try {
    const response = await fetch(url, request);
    const status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
    return { status, statusCode: response.status, answer: await response.text() };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return { status: isLate ? "timed out" : "failed to connect to host", statusCode: 0, answer: "" };
  }
}

function idsIn(body: string): Pick<Attempt, "action" | "installation_id" | "repository_id"> {
  const { action, installation, repository } = JSON.parse(body) as {
    action?: string;
    installation?: { id?: number };
    repository?: { id?: number };
  };
  return { action: action ?? null, installation_id: installation?.id ?? null, repository_id: repository?.id ?? null };
}
