import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import * as z from "zod/mini";
import type { GithubApi } from "./github";

/** Thrown while nobody has put the App's private key into its secret. */
export class NoAppKey extends Error {
  override readonly name = "NoAppKey";
}

export interface GithubAppProps {
  readonly api: GithubApi;
  /** App id or client id. */
  readonly appId: string;
  /** PEM of the App's private key, as GitHub gives it (PKCS#1) or as PKCS#8. */
  readonly privateKey: () => Promise<string | undefined>;
  readonly clock: () => Date;
}

/** Token of the App itself, for ten minutes at most: for its own webhook and to get the others. */
export type AppToken = () => Promise<string>;

/** Tokens of a GitHub App, signed with its private key. Throws `NoAppKey` while there is none. */
export function appToken({ appId, privateKey, clock }: Omit<GithubAppProps, "api">): AppToken {
  return async () => {
    const pem = await privateKey();
    if (!pem) throw new NoAppKey("The secret of the GitHub App holds no key yet.");
    const nowSeconds = Math.floor(clock().getTime() / 1000);
    // A minute back for clocks that differ, and under the ten minutes GitHub allows.
    return new SignJWT()
      .setProtectedHeader({ alg: "RS256" })
      .setIssuer(appId)
      .setIssuedAt(nowSeconds - 60)
      .setExpirationTime(nowSeconds + 540)
      .sign(createPrivateKey(pem));
  };
}

/** Token that may read this repository's code and comment on its pull requests, and nothing else. */
export type InstallationToken = (repository: string, installationId?: number) => Promise<string>;

/** A token is not used in its last minutes: a review may take some. */
const spareMs = 10 * 60_000;

/** Tokens of a GitHub App, kept until they are about to end (GitHub ends them after an hour). */
export function installationTokens({ api, ...app }: GithubAppProps): InstallationToken {
  const { clock } = app;
  const kept = new Map<string, { token: string; expiresAt: Date }>();
  const appJwt = appToken(app);

  const installation = async (repository: string, token: string): Promise<number> => {
    const response = await api({ method: "GET", path: `/repos/${repository}/installation`, token });
    return z.object({ id: z.int() }).parse(await response.json()).id;
  };

  return async (repository, installationId) => {
    const known = kept.get(repository);
    if (known && known.expiresAt.getTime() - clock().getTime() > spareMs) return known.token;

    const jwt = await appJwt();
    const id = installationId ?? (await installation(repository, jwt));
    const response = await api({
      method: "POST",
      path: `/app/installations/${id}/access_tokens`,
      token: jwt,
      body: {
        repositories: [repository.split("/").at(1)],
        permissions: { contents: "read", pull_requests: "write" },
      },
    });
    const fresh = z.object({ token: z.string(), expires_at: z.coerce.date() }).parse(await response.json());
    kept.set(repository, { token: fresh.token, expiresAt: fresh.expires_at });
    return fresh.token;
  };
}
