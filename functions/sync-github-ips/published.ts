import { GithubError } from "../shared/github";
import { parseJson } from "../shared/json";

/** Covers the body too, and leaves the rest of the function's 30 s to AWS. */
const timeoutMs = 10_000;

/** Lists of GitHub's answer, as they came; undefined where there are none. */
export interface Published {
  /** Addresses that deliveries come from. */
  readonly hooks: unknown;
  /** Addresses at which the API answers. */
  readonly api: unknown;
}

/** Asked without a token: the answer is public, and this function needs no key of the App.
 *
 * Throws a `GithubError` for any answer but a 2xx; without a token GitHub allows an address 60 calls an hour.
 * Source: https://docs.github.com/en/rest/meta/meta#get-github-meta-information
 */
export async function publishedAddresses(baseUrl: string, fetcher: typeof fetch = fetch): Promise<Published> {
  const response = await fetcher(`${baseUrl.replace(/\/$/, "")}/meta`, {
    headers: {
      accept: "application/vnd.github+json",
      "user-agent": "review-platform",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new GithubError(response.status, "/meta");
  }
  const meta = parseJson(await response.text());
  const lists = typeof meta === "object" && meta !== null ? meta : {};
  return { hooks: "hooks" in lists ? lists.hooks : undefined, api: "api" in lists ? lists.api : undefined };
}
