import type { PullRequest } from "../../../functions/reviewer/pull-request";
import { GithubError } from "../../../functions/shared/github";

/** A pull request with its comments; each call can be made to fail, before or after it took effect. */
export class FakePullRequest implements PullRequest {
  head: string;
  readonly comments: { readonly body: string; readonly url: string }[] = [];
  readonly diffs: string[] = [];
  diffText = "diff --git a/main.ts b/main.ts\n+const limit = 0;\n";
  diffTruncated = false;
  diffStatus: number | undefined;
  commitsStatus: number | undefined;
  commentFault: "before" | "after" | undefined;

  constructor(head: string) {
    this.head = head;
  }

  async commits() {
    if (this.commitsStatus) throw new GithubError(this.commitsStatus, "/pulls");
    return { base: "base", head: this.head };
  }

  async diff(base: string, commit: string) {
    this.diffs.push(`${base}...${commit}`);
    if (this.diffStatus) throw new GithubError(this.diffStatus, "/compare");
    return { text: this.diffText, truncated: this.diffTruncated };
  }

  async findComment(marker: string) {
    return this.comments.find(({ body }) => body.includes(marker))?.url;
  }

  async comment(body: string) {
    if (this.commentFault === "before") throw new GithubError(502, "/comments");
    const url = `https://github.test/comment/${this.comments.length + 1}`;
    this.comments.push({ body, url });
    if (this.commentFault === "after") throw new GithubError(502, "/comments");
    return url;
  }
}
