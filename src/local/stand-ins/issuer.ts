import { generateKeyPairSync, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { signJwt } from "./jwt";
import { type Answer, type StandInRequest, serve } from "./server";

export interface IssuerProps {
  readonly url: string;
  readonly audience: string;
}

const LIFETIME_SECONDS = 3_600;

/** Serves an OpenID Connect issuer whose tokens look like Entra ID's v2 app-only access tokens.
 *
 * The key is made at start and never leaves the process. `POST /token` takes a form with `role` (any number of
 * times) and mints without asking for a credential, so it must listen on loopback alone.
 * Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function issuer({ url, audience }: IssuerProps): Server {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keyId = randomUUID();
  const tenantId = randomUUID();
  const appObjectId = randomUUID();

  const mint = (roles: string[], now = Math.floor(Date.now() / 1_000)): string =>
    signJwt(
      {
        iss: url,
        aud: audience,
        ver: "2.0",
        tid: tenantId,
        oid: appObjectId,
        sub: appObjectId,
        azp: "local-client",
        roles,
        iat: now,
        nbf: now,
        exp: now + LIFETIME_SECONDS,
      },
      privateKey,
      keyId,
    );

  const routes: Record<string, (request: StandInRequest) => Answer> = {
    "GET /.well-known/openid-configuration": () => ({
      status: 200,
      body: {
        issuer: url,
        jwks_uri: `${url}/jwks`,
        token_endpoint: `${url}/token`,
        id_token_signing_alg_values_supported: ["RS256"],
      },
    }),
    // Entra's published keys carry no "alg" either.
    "GET /jwks": () => ({
      status: 200,
      body: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: keyId, use: "sig" }] },
    }),
    "POST /token": ({ body }) => ({
      status: 200,
      body: {
        token_type: "Bearer",
        expires_in: LIFETIME_SECONDS,
        access_token: mint(new URLSearchParams(body).getAll("role")),
      },
    }),
  };
  return serve((request) => routes[`${request.method} ${request.path}`]?.(request) ?? { status: 404 });
}
