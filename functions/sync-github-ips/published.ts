import { GithubError } from "../shared/github";
import { parseJson } from "../shared/json";

/** Covers the body too, and leaves the rest of the function's 30 s to AWS WAF. */
const timeoutMs = 10_000;

/** `hooks` of GitHub's answer, as it came: addresses that deliveries come from, or undefined where there are none.
 *
 * Asked without a token: the answer is public, and this function needs no key of the App. Throws a `GithubError` for any
 * answer but a 2xx; without a token GitHub allows an address 60 calls an hour.
 * Source: https://docs.github.com/en/rest/meta/meta#get-github-meta-information
 */
export async function publishedHooks(baseUrl: string, fetcher: typeof fetch = fetch): Promise<unknown> {
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
  return typeof meta === "object" && meta !== null && "hooks" in meta ? meta.hooks : undefined;
}
