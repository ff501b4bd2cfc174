import type { JWTVerifyGetKey } from "jose";
import { isRole } from "../../src/security/entra";
import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import { withAvailability } from "./key-set";
import { type AuthorizerAnswer, authorizerAnswer } from "./policy";
import type { TokenSettings } from "./settings";
import { type RefusalReason, type TokenCheck, verifyToken } from "./verify-token";

/** Event of a TOKEN authorizer. */
export interface TokenEvent {
  /** The whole header, `Bearer` included. */
  readonly authorizationToken: string;
  readonly methodArn: string;
}

export interface AuthorizeDependencies {
  readonly settings: TokenSettings;
  readonly keySet: JWTVerifyGetKey;
  readonly clock: () => Date;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** Header with a bearer token. API Gateway and the firewall look for the same form before they ask. */
const bearer = /^[Bb]earer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/** What to change where a refusal comes from how an application is set up, for the line of the log. */
const remedies: Readonly<Partial<Record<RefusalReason, string>>> = {
  "v1-token": "Set requestedAccessTokenVersion = 2 in the manifest of the application registration.",
  "graph-token": "This token is for Microsoft Graph, which alone can verify it. Ask for a scope of this API.",
};

/** Decides on a token.
 *
 * A bad token throws "Unauthorized", which API Gateway answers 401. An unreadable key set throws another error, a 500:
 * answered 401 it would look like an attack, and callers would throw good tokens away. A good token without a role of
 * ours gets a policy that denies, a 403. Emits `AuthDenied` and `AuthUnavailable`, 0 or 1 for each token.
 */
export async function authorize(event: TokenEvent, dependencies: AuthorizeDependencies): Promise<AuthorizerAnswer> {
  const { record, log } = dependencies;
  const check = await checkToken(event.authorizationToken, dependencies).catch((error: unknown) => {
    record("Service", "authorize", { AuthDenied: 0, AuthUnavailable: 1 });
    log.error("auth-unavailable", errorFields(error));
    throw error;
  });
  if (!check.ok) {
    record("Service", "authorize", { AuthDenied: 1, AuthUnavailable: 0 });
    const remedy = remedies[check.reason];
    log.warn("auth", { decision: "deny", reason: check.reason, ...(remedy && { remedy }) });
    throw new Error("Unauthorized");
  }

  const { caller } = check;
  const answer = authorizerAnswer(caller, event.methodArn);
  const denied = answer.policyDocument.Statement[0].Effect === "Deny";
  record("Service", "authorize", { AuthDenied: denied ? 1 : 0, AuthUnavailable: 0 });
  log.info("auth", {
    decision: denied ? "deny" : "allow",
    reason: denied ? "no-role" : "role",
    subject: caller.oid ?? caller.sub,
    kind: caller.kind,
    roles: caller.roles.filter(isRole),
    unknownRoles: caller.roles.filter((role) => !isRole(role)),
  });
  return answer;
}

async function checkToken(header: string, { keySet, settings, clock }: AuthorizeDependencies): Promise<TokenCheck> {
  const [, token] = bearer.exec(header) ?? [];
  if (token === undefined) return { ok: false, reason: "malformed" };
  return verifyToken(token, withAvailability(keySet), settings, clock());
}
