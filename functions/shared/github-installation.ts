import * as z from "zod/mini";
import type { GithubApi } from "./github";
import type { AppToken } from "./github-app";
import type { HookTarget } from "./github-hook";

type InstalledHook = Exclude<HookTarget, { kind: "github-app-hook" }>;

export interface HookTokenProps {
  readonly api: GithubApi;
  readonly appJwt: AppToken;
  readonly hook: InstalledHook;
}

const Installation = z.object({ id: z.int() });
const Token = z.object({ token: z.string() });

/** Token of the App's installation where this webhook is, that may write webhooks there and nothing else.
 *
 * It lasts an hour. Throws a `GithubError` where the App is not installed there or was not granted the permission
 * (REST API 2022-11-28, "Create an installation access token for an app").
 */
export async function hookToken({ api, appJwt, hook }: HookTokenProps): Promise<string> {
  const token = await appJwt();
  const { place, body } = scope(hook);
  const found = await api({ method: "GET", path: `${place}/installation`, token });
  const { id } = Installation.parse(await found.json());
  const made = await api({ method: "POST", path: `/app/installations/${id}/access_tokens`, token, body });
  return Token.parse(await made.json()).token;
}

function scope(hook: InstalledHook) {
  if (hook.kind === "github-org-hook") {
    return { place: `/orgs/${hook.organization}`, body: { permissions: { organization_hooks: "write" } } };
  }
  const body = { repositories: [hook.repository.split("/").at(1)], permissions: { repository_hooks: "write" } };
  return { place: `/repos/${hook.repository}`, body };
}
