/** An answer of GitHub other than a 2xx. */
export class GithubError extends Error {
  override readonly name = "GithubError";

  constructor(
    readonly status: number,
    path: string,
  ) {
    super(`GitHub answered ${status} to ${path}.`);
  }
}

export interface GithubRequest {
  readonly method: "GET" | "PATCH" | "POST";
  /** Below the API's base address, with a leading slash. */
  readonly path: string;
  /** Installation token or App JWT. */
  readonly token: string;
  readonly accept?: string;
  readonly body?: unknown;
}

/** Sends one request to GitHub's API; throws a `GithubError` for any answer but a 2xx. */
export type GithubApi = (request: GithubRequest) => Promise<Response>;

/** Covers the body too. */
const timeoutMs = 15_000;

/** API at this base address, `https://api.github.com` or `https://HOST/api/v3` of an Enterprise Server. */
export function githubApi(baseUrl: string, fetcher: typeof fetch = fetch): GithubApi {
  return async ({ method, path, token, accept = "application/vnd.github+json", body }) => {
    const response = await fetcher(`${baseUrl.replace(/\/$/, "")}${path}`, {
      method,
      headers: {
        accept,
        authorization: `Bearer ${token}`,
        "user-agent": "review-platform",
        "x-github-api-version": "2022-11-28",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new GithubError(response.status, path);
    return response;
  };
}
