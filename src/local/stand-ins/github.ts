import { createPublicKey, type KeyObject, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { waf } from "../../config/defaults";
import { verifiedClaims } from "./jwt";
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

/** Serves the few calls of GitHub's REST API that the platform makes, with GitHub's own refusals.
 *
 * App tokens: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function gitHub({ appId, appPublicKey }: GitHubProps): Server {
  const publicKey = createPublicKey(appPublicKey);
  const installationTokens = new Set<string>();
  const comments = new Map<string, Comment[]>();
  const heads = new Map<string, string>();

  const asApp = (answer: () => Answer) => (request: StandInRequest) =>
    isAppToken(bearer(request), appId, publicKey) ? answer() : refused(401, "A JSON web token could not be decoded");
  const asInstallation =
    (answer: (request: StandInRequest, thread: string) => Answer) => (request: StandInRequest, thread: string) =>
      installationTokens.has(bearer(request)) ? answer(request, thread) : refused(401, "Bad credentials");

  const routes: [RegExp, (request: StandInRequest, thread: string) => Answer][] = [
    [
      /^GET \/(meta)?$/,
      () => ({ status: 200, body: { verifiable_password_authentication: false, hooks: waf.githubCidrs } }),
    ],
    [/^GET \/repos\/[^/]+\/[^/]+\/installation$/, asApp(() => ({ status: 200, body: { id: 1, app_id: 1 } }))],
    [
      /^POST \/app\/installations\/\d+\/access_tokens$/,
      asApp(() => {
        const token = `ghs_${randomUUID().replaceAll("-", "")}`;
        installationTokens.add(token);
        return { status: 201, body: { token, expires_at: new Date(Date.now() + 3_600_000).toISOString() } };
      }),
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
      /^GET \/repos\/([^/]+\/[^/]+\/)pulls\/(\d+)$/,
      asInstallation((request, thread) => pullRequest(request, thread, heads.get(thread))),
    ],
    [
      /^GET \/repos\/([^/]+\/[^/]+\/)compare\/(\w+\.\.\.\w+)$/,
      asInstallation((request, range) => comparison(request, range, [...heads.values()])),
    ],
    [
      /^GET \/repos\/([^/]+\/[^/]+\/)issues\/(\d+)\/comments(\?.*)?$/,
      asInstallation((_, thread) => ({ status: 200, body: comments.get(thread) ?? [] })),
    ],
    [
      /^POST \/repos\/([^/]+\/[^/]+\/)issues\/(\d+)\/comments$/,
      asInstallation(({ body }, thread) => {
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
  ];

  return serve((request) => {
    if (!request.headers["user-agent"]) return refused(403, "Request forbidden by administrative rules");
    for (const [pattern, answer] of routes) {
      const match = pattern.exec(`${request.method} ${request.path}`);
      if (match) return answer(request, `${match[1]}${match[2]}`);
    }
    return refused(404, "Not Found");
  });
}

const bearer = ({ headers }: StandInRequest): string => headers.authorization?.replace(/^(bearer|token) /i, "") ?? "";

const refused = (status: number, message: string): Answer => ({ status, body: { message } });

/** GitHub allows an App token ten minutes at most and refuses one that was issued in the future. */
function isAppToken(token: string, appId: string, publicKey: KeyObject): boolean {
  const { iss, iat, exp } = (verifiedClaims(token, publicKey) ?? {}) as { iss?: unknown; iat?: number; exp?: number };
  const now = Date.now() / 1_000;
  if (iss !== appId || iat === undefined || exp === undefined) return false;
  return iat <= now + 60 && exp > now && exp <= now + 600;
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
function comparison(request: StandInRequest, range: string, heads: readonly string[]): Answer {
  const [base, head = ""] = (range.split("/").pop() ?? "").split("...");
  if (base !== BASE || !heads.includes(head)) return refused(404, "Not Found");
  return wantsDiff(request) ? diff : { status: 200, body: { status: "ahead", ahead_by: 1, behind_by: 0 } };
}

const wantsDiff = ({ headers }: StandInRequest): boolean => /\bdiff\b/.test(headers.accept ?? "");
const diff: Answer = {
  status: 200,
  body: DIFF,
  headers: { "content-type": "application/vnd.github.diff; charset=utf-8" },
};
