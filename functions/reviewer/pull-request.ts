import * as z from "zod";
import type { GithubApi } from "../shared/github";
import { boundedText } from "./bounded-text";
import { maxDiffBytes } from "./limits";

/** One pull request at GitHub. */
export interface PullRequest {
  /** Commits the pull request goes from and to at this moment. */
  commits(): Promise<{ readonly base: string; readonly head: string }>;
  /** Unified diff of what a commit adds to the base, at most `maxDiffBytes` of it.
   *
   * By commit and not by pull request, whose head may move between two calls.
   */
  diff(base: string, commit: string): Promise<{ readonly text: string; readonly truncated: boolean }>;
  /** Address of a comment of this App that holds the marker, among those changed since then. */
  findComment(marker: string, since: string): Promise<string | undefined>;
  /** Posts a comment and gives its address. */
  comment(body: string): Promise<string>;
}

export interface PullRequestProps {
  readonly api: GithubApi;
  readonly token: string;
  readonly appId: string;
  readonly repository: string;
  readonly pullRequest: number;
}

const pageSize = 100;

const commit = z.object({ sha: z.string() });

const comments = z.array(
  z.object({
    html_url: z.string(),
    body: z.string().nullish(),
    performed_via_github_app: z.object({ id: z.int(), client_id: z.string().optional() }).nullish(),
  }),
);

export function githubPullRequest({ api, token, appId, repository, pullRequest }: PullRequestProps): PullRequest {
  const commentsPath = `/repos/${repository}/issues/${pullRequest}/comments`;

  return {
    async commits() {
      const response = await api({ method: "GET", path: `/repos/${repository}/pulls/${pullRequest}`, token });
      const { base, head } = z.object({ base: commit, head: commit }).parse(await response.json());
      return { base: base.sha, head: head.sha };
    },
    async diff(base, head) {
      const path = `/repos/${repository}/compare/${base}...${head}`;
      const response = await api({ method: "GET", path, token, accept: "application/vnd.github.diff" });
      return response.body ? boundedText(response.body, maxDiffBytes) : { text: "", truncated: false };
    },
    async findComment(marker, since) {
      for (let page = 1; ; page += 1) {
        const query = new URLSearchParams({ since, per_page: String(pageSize), page: String(page) });
        const response = await api({ method: "GET", path: `${commentsPath}?${query}`, token });
        const found = comments.parse(await response.json());
        // Anybody may write the marker into a comment; only the App's own says that the review is posted.
        const own = found.find(({ body, performed_via_github_app: app }) => {
          return app && [String(app.id), app.client_id].includes(appId) && body?.includes(marker);
        });
        if (own || found.length < pageSize) return own?.html_url;
      }
    },
    async comment(body) {
      const response = await api({ method: "POST", path: commentsPath, token, body: { body } });
      return z.object({ html_url: z.string() }).parse(await response.json()).html_url;
    },
  };
}
