import type { Server } from "node:http";
import { waf } from "../../config/defaults";
import { access, type Route, refused } from "./github-access";
import { hookRoutes } from "./github-hooks";
import { type Answer, type StandInRequest, serve } from "./server";

export interface GitHubProps {
  readonly appId: string;
  /** PEM of the App's public key; its private half is in the App's secret. */
  readonly appPublicKey: string;
}

/** Where a test says which commit a pull request is at: `{ pullRequest: "owner/name/7", commit }`. */
export const HEAD_PATH = "/_stand-in/head";

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly html_url: string;
  readonly performed_via_github_app: { readonly id: number };
}

const DIFF = `diff --git a/src/greeting.ts b/src/greeting.ts
index 3b18e51..7c4a013 100644
--- a/src/greeting.ts
+++ b/src/greeting.ts
@@ -1 +1 @@
-export const greeting = "hello";
+export const greeting = "hello, world";
`;

/** Serves the few calls of GitHub's REST API that the platform makes, with GitHub's own refusals, and sends what its
 * webhooks send. */
export function gitHub({ appId, appPublicKey }: GitHubProps): Server {
  const { grant, ...rights } = access(appId, appPublicKey);
  const { asApp, asInstallation } = rights;
  const comments = new Map<string, Comment[]>();
  const heads = new Map<string, string>();
  const threadOf = (parts: readonly string[]): string => parts.join("/");

  const routes: readonly Route[] = [
    [
      /^GET \/(?:meta)?$/,
      () => ({ status: 200, body: { verifiable_password_authentication: false, hooks: waf.githubCidrs } }),
    ],
    [/^GET \/repos\/[^/]+\/[^/]+\/installation$/, asApp(() => ({ status: 200, body: { id: 1, app_id: 1 } }))],
    [
      /^POST \/app\/installations\/\d+\/access_tokens$/,
      asApp(() => ({
        status: 201,
        body: { token: grant(), expires_at: new Date(Date.now() + 3_600_000).toISOString() },
      })),
    ],
    [
      /^POST \/_stand-in\/head$/,
      ({ body }) => {
        const { pullRequest, commit } = JSON.parse(body) as { pullRequest: string; commit: string };
        heads.set(pullRequest, commit);
        return { status: 204 };
      },
    ],
    [
      /^GET \/repos\/([^/]+\/[^/]+)\/pulls\/(\d+)$/,
      asInstallation((request, parts) => pullRequest(request, threadOf(parts), heads.get(threadOf(parts)))),
    ],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/compare\/(\w+)\.\.\.(\w+)$/,
      asInstallation((request, range) => comparison(request, range, [...heads.values()])),
    ],
    [
      /^GET \/repos\/([^/]+\/[^/]+)\/issues\/(\d+)\/comments(?:\?.*)?$/,
      asInstallation((_, parts) => ({ status: 200, body: comments.get(threadOf(parts)) ?? [] })),
    ],
    [
      /^POST \/repos\/([^/]+\/[^/]+)\/issues\/(\d+)\/comments$/,
      asInstallation(({ body }, parts) => {
        const thread = threadOf(parts);
        const earlier = comments.get(thread) ?? [];
        const comment: Comment = {
          id: earlier.length + 1,
          body: (JSON.parse(body) as { body: string }).body,
          html_url: `https://github.com/${thread}#issuecomment-${earlier.length + 1}`,
          performed_via_github_app: { id: Number(appId) },
        };
        comments.set(thread, [...earlier, comment]);
        return { status: 201, body: comment };
      }),
    ],
    ...hookRoutes(rights),
  ];

  return serve((request) => {
    if (!request.headers["user-agent"]) return refused(403, "Request forbidden by administrative rules");
    for (const [pattern, answer] of routes) {
      const match = pattern.exec(`${request.method} ${request.path}`);
      if (match) return answer(request, match.slice(1));
    }
    return refused(404, "Not Found");
  });
}

/** The commit that every pull request here goes out from. */
const BASE = "0".repeat(40);

function pullRequest(request: StandInRequest, thread: string, head: string | undefined): Answer {
  if (head === undefined) return refused(404, "Not Found");
  if (wantsDiff(request)) return diff;
  const number = Number(thread.split("/").pop());
  return { status: 200, body: { number, state: "open", base: { sha: BASE }, head: { sha: head } } };
}

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
function comparison(request: StandInRequest, [base, head = ""]: readonly string[], heads: readonly string[]): Answer {
  if (base !== BASE || !heads.includes(head)) return refused(404, "Not Found");
  return wantsDiff(request) ? diff : { status: 200, body: { status: "ahead", ahead_by: 1, behind_by: 0 } };
}

const wantsDiff = ({ headers }: StandInRequest): boolean => /\bdiff\b/.test(headers.accept ?? "");
const diff: Answer = {
  status: 200,
  body: DIFF,
  headers: { "content-type": "application/vnd.github.diff; charset=utf-8" },
};
