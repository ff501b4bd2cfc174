import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { TokenSettings } from "./settings";

/** Who calls, as the token says it. */
export interface Caller {
  readonly sub: string;
  /** Object id in Entra ID; other issuers have none. */
  readonly oid?: string;
  readonly kind: "user" | "app";
  /** Roles of the token, ours or not. */
  readonly roles: readonly string[];
}

/** Why a token was refused. `graph-token`: meant for Microsoft Graph, its signature can never be verified by others.
 * `v1-token`: the application registration lacks `requestedAccessTokenVersion = 2`. */
export type RefusalReason =
  | "malformed"
  | "algorithm"
  | "graph-token"
  | "unknown-key"
  | "signature"
  | "v1-token"
  | "issuer"
  | "audience"
  | "expired"
  | "not-yet-valid"
  | "claim"
  | "version"
  | "tenant"
  | "no-scope-or-role";

export type TokenCheck =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly reason: RefusalReason };

const skewSeconds = 30;

/** Checks an access token: RS256 only, then signature, issuer, audience, times and claims.
 *
 * Throws what the key set throws where it cannot be read; that is no verdict on the token.
 */
export async function verifyToken(
  token: string,
  keySet: JWTVerifyGetKey,
  { issuer, audience, tenantId }: TokenSettings,
  now: Date,
): Promise<TokenCheck> {
  const header = headerOf(token);
  if (!header) return refused("malformed");
  // Entra ID signs Graph tokens over a hash of this value, so verification would only say "signature".
  if (header.nonce !== undefined) return refused("graph-token");
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ["RS256"],
      issuer,
      audience,
      requiredClaims: ["exp", "sub"],
      clockTolerance: skewSeconds,
      currentDate: now,
    });
    return callerOf(payload, tenantId);
  } catch (error) {
    if (error instanceof errors.JOSEError) return refused(reasonOf(error));
    throw error;
  }
}

function headerOf(token: string) {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}

function callerOf({ sub, oid, ver, tid, scp, roles }: JWTPayload, tenantId: string | undefined): TokenCheck {
  if (tenantId !== undefined && ver !== "2.0") return refused("version");
  if (tenantId !== undefined && tid !== tenantId) return refused("tenant");
  const isUser = typeof scp === "string";
  if (typeof sub !== "string") return refused("claim");
  if (!isUser && !Array.isArray(roles)) return refused("no-scope-or-role");
  return {
    ok: true,
    caller: {
      sub,
      ...(typeof oid === "string" && { oid }),
      kind: isUser ? "user" : "app",
      roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
    },
  };
}

function reasonOf(error: errors.JOSEError): RefusalReason {
  if (error instanceof errors.JOSEAlgNotAllowed) return "algorithm";
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return "unknown-key";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JWTExpired) return "expired";
  if (!(error instanceof errors.JWTClaimValidationFailed)) return "malformed";
  if (error.claim === "iss") return error.payload.ver === "1.0" ? "v1-token" : "issuer";
  if (error.claim === "aud") return "audience";
  return error.claim === "nbf" ? "not-yet-valid" : "claim";
}

function refused(reason: RefusalReason): TokenCheck {
  return { ok: false, reason };
}
