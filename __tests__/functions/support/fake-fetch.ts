/** A request as `fetch` was given it. */
export interface FetchedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly redirect: string | undefined;
}

export interface FetchAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `before`: no connection. `after`: carried out, the answer is lost. `time-out`: no answer until the request's own time
 * is up, and none ever for a request without one. A number: that status, not carried out. */
export type FetchFault = "before" | "after" | "time-out" | number;

export const fetchFaults = ["before", "after", "time-out", 403, 500] as const satisfies readonly FetchFault[];

/** The other side of `fetch`; each call can be made to fail. */
export class FakeFetch {
  readonly requests: FetchedRequest[] = [];
  fault: (request: FetchedRequest, index: number) => FetchFault | undefined = () => undefined;

  constructor(private readonly answer: (request: FetchedRequest) => FetchAnswer) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const request = {
      method: init?.method ?? "GET",
      url: new URL(String(input)),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: init?.body === undefined || init.body === null ? "" : String(init.body),
      redirect: init?.redirect,
    };
    this.requests.push(request);
    const fault = this.fault(request, this.requests.length - 1);
    if (fault === "time-out") {
      if (!init?.signal) return new Promise<never>(() => {});
      throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
    }
    if (typeof fault === "number") return response({ status: fault, body: { message: "canary-error-body" } });
    if (fault === "before") throw new TypeError("fetch failed: canary-error-body");
    const answer = this.answer(request);
    if (fault === "after") throw new TypeError("fetch failed: canary-error-body");
    return response(answer);
  };

  /** Method and path of each request. */
  get calls(): readonly string[] {
    return this.requests.map(({ method, url }) => `${method} ${url.pathname}`);
  }
}

function response({ status, body, headers }: FetchAnswer): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, ...(headers && { headers }) });
}
