import { FakeFetch, type FetchAnswer, type FetchedRequest } from "./fake-fetch";

interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly event: string;
  readonly status: string;
  readonly status_code: number;
}

/** GitHub's API of one webhook, wherever it belongs. */
export class FakeHooks {
  readonly config = { url: "https://receiver.test", content_type: "json", insecure_ssl: "0", secret: "old" };
  readonly attempts: Attempt[] = [];
  readonly granted: unknown[] = [];
  /** Status of the receiver's next answers; 202 when used up. */
  receiver: number[] = [];
  /** GitHub's clock. */
  now = () => Date.parse("2026-03-01T02:00:00Z");
  readonly http = new FakeFetch((request) => this.answer(request));

  deliver(event: string, guid: string, ageMs = 0): void {
    const status_code = this.receiver.shift() ?? 202;
    // GitHub gives whole seconds.
    const delivered_at = `${new Date(this.now() - ageMs).toISOString().slice(0, 19)}Z`;
    const status = status_code < 300 ? "OK" : "Invalid HTTP Response";
    this.attempts.unshift({ id: this.attempts.length + 1, guid, delivered_at, event, status, status_code });
  }

  private answer({ method, url, body }: FetchedRequest): FetchAnswer {
    const path = url.pathname;
    if (path.endsWith("/installation")) return { status: 200, body: { id: 5 } };
    if (path === "/app/installations/5/access_tokens") {
      this.granted.push(JSON.parse(body));
      return { status: 201, body: { token: "ghs_canary-token", expires_at: "2026-03-01T03:00:00Z" } };
    }
    const below = /^(?:\/repos\/example\/platform\/hooks\/9|\/orgs\/example\/hooks\/9|\/app\/hook)(\/.+)$/.exec(
      path,
    )?.[1];
    if (below === "/config") {
      if (method === "PATCH") Object.assign(this.config, JSON.parse(body));
      return { status: 200, body: { ...this.config, secret: "********" } };
    }
    if (below === "/deliveries") return { status: 200, body: this.attempts };
    if (below === "/pings" && !path.startsWith("/app")) {
      this.deliver("ping", `ping-${this.attempts.length}`);
      return { status: 204 };
    }
    const again = this.attempts.find(({ id }) => below === `/deliveries/${id}/attempts`);
    if (!again) return { status: 404, body: {} };
    this.deliver(again.event, again.guid);
    return { status: 202, body: {} };
  }
}
