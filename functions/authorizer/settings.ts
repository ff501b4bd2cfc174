import { readAuthorizerEnvironment } from "../shared/environment";

/** Which tokens are ours. */
export interface TokenSettings {
  /** The issuer's exact text. */
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** Set for Entra ID, whose tokens also say their version and tenant. */
  readonly tenantId?: string;
}

/** Settings out of the function's variables; `IDENTITY_KIND` is `entra` or `oidc`. */
export function tokenSettings(source: Readonly<Record<string, string | undefined>>): TokenSettings {
  const { IDENTITY_KIND, TOKEN_ISSUER, TOKEN_AUDIENCE, TOKEN_JWKS_URL, TENANT_ID } = readAuthorizerEnvironment(source);
  if (IDENTITY_KIND !== "entra" && IDENTITY_KIND !== "oidc") {
    throw new Error(`IDENTITY_KIND is "${IDENTITY_KIND}". It must be "entra" or "oidc".`);
  }
  return {
    issuer: TOKEN_ISSUER,
    audience: TOKEN_AUDIENCE,
    jwksUrl: TOKEN_JWKS_URL,
    ...(TENANT_ID && { tenantId: TENANT_ID }),
  };
}
