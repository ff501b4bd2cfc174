import * as z from "zod/mini";
import type { GithubApi } from "./github";

/** A webhook of GitHub that is configured through its API: of a repository, of an organization, or of the App itself. */
export type HookTarget =
  | { readonly kind: "github-repo-hook"; readonly repository: string; readonly hookId: number }
  | { readonly kind: "github-org-hook"; readonly organization: string; readonly hookId: number }
  | { readonly kind: "github-app-hook" };

/** How the hook sends; other forms than JSON over checked TLS are never verified or can be read. */
export interface HookSettings {
  readonly contentType: string;
  readonly insecureSsl: string;
}

/** One attempt at a delivery; attempts at the same delivery share the `guid`. */
export interface DeliveryAttempt {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: Date;
  readonly event: string;
  /** `OK`, or what went wrong: GitHub's own filter leaves out time-outs and refused connections. */
  readonly status: string;
  /** Of the receiver's answer; 0 where there was none. */
  readonly statusCode: number;
}

export interface GithubHook {
  settings(): Promise<HookSettings>;
  setSecret(secret: string): Promise<void>;
  /** Makes GitHub send a `ping`; the App's own hook has none. */
  readonly ping?: () => Promise<void>;
  /** Attempts since this moment, newest first. */
  attempts(since: Date): Promise<readonly DeliveryAttempt[]>;
  redeliver(attemptId: number): Promise<void>;
}

export interface GithubHookProps {
  readonly hook: HookTarget;
  readonly api: GithubApi;
  /** App token for the App's own hook, else an installation's that may write hooks. */
  readonly token: () => Promise<string>;
}

const Config = z.object({
  content_type: z.string(),
  insecure_ssl: z.pipe(z.union([z.string(), z.number()]), z.transform(String)),
});
const Attempts = z.array(
  z.pipe(
    z.object({
      id: z.int(),
      guid: z.string(),
      delivered_at: z.coerce.date(),
      event: z.string(),
      status: z.string(),
      status_code: z.int(),
    }),
    z.transform(({ delivered_at, status_code, ...attempt }) => ({
      ...attempt,
      deliveredAt: delivered_at,
      statusCode: status_code,
    })),
  ),
);

/** The hook by its API (REST API 2022-11-28, "Repository webhooks", "Organization webhooks", "GitHub App webhooks").
 *
 * Only `config` is written: the hook's other address takes the secret away where the body has none.
 */
export function githubHook({ hook, api, token }: GithubHookProps): GithubHook {
  const base = basePath(hook);
  const send = async (method: "GET" | "PATCH" | "POST", path: string, body?: unknown) =>
    api({ method, path, token: await token(), ...(body !== undefined && { body }) });

  return {
    async settings() {
      const { content_type, insecure_ssl } = Config.parse(await (await send("GET", `${base}/config`)).json());
      return { contentType: content_type, insecureSsl: insecure_ssl };
    },
    async setSecret(secret) {
      await send("PATCH", `${base}/config`, { secret });
    },
    ...(hook.kind !== "github-app-hook" && {
      ping: async () => {
        await send("POST", `${base}/pings`);
      },
    }),
    async attempts(since) {
      const found: DeliveryAttempt[] = [];
      let next: string | undefined = `${base}/deliveries?per_page=100`;
      while (next !== undefined) {
        const response = await send("GET", next);
        const page = Attempts.parse(await response.json());
        found.push(...page.filter(({ deliveredAt }) => deliveredAt >= since));
        const last = page.at(-1);
        next = last && last.deliveredAt >= since ? nextPage(base, response.headers.get("link")) : undefined;
      }
      return found;
    },
    async redeliver(attemptId) {
      await send("POST", `${base}/deliveries/${attemptId}/attempts`);
    },
  };
}

function basePath(hook: HookTarget): string {
  if (hook.kind === "github-repo-hook") return `/repos/${hook.repository}/hooks/${hook.hookId}`;
  if (hook.kind === "github-org-hook") return `/orgs/${hook.organization}/hooks/${hook.hookId}`;
  return "/app/hook";
}

/** The page after this one by its cursor alone: an address in a header of the answer is not followed. */
function nextPage(base: string, link: string | null): string | undefined {
  const cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(link ?? "")?.[1];
  return cursor && `${base}/deliveries?per_page=100&cursor=${cursor}`;
}
