import { createPublicKey, randomUUID } from "node:crypto";
import { verifiedClaims } from "./jwt";
import type { Answer, StandInRequest } from "./server";

/** One address: method and path, and what answers with the parts that the pattern has in parentheses. */
export type Route = readonly [RegExp, (request: StandInRequest, parts: readonly string[]) => Answer | Promise<Answer>];

type Handler = Route[1];

export interface Access {
  /** Lets only the App itself in, by a token that it has signed. */
  asApp(answer: Handler): Handler;
  /** Lets only an installation in, by a token that it was granted here. */
  asInstallation(answer: Handler): Handler;
  /** A new token of an installation. */
  grant(): string;
}

/** Who may ask GitHub for what.
 *
 * App tokens: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function access(appId: string, appPublicKey: string): Access {
  const publicKey = createPublicKey(appPublicKey);
  const granted = new Set<string>();

  /** GitHub allows an App token ten minutes at most and refuses one that was issued in the future. */
  const isAppToken = (token: string): boolean => {
    const { iss, iat, exp } = (verifiedClaims(token, publicKey) ?? {}) as { iss?: unknown; iat?: number; exp?: number };
    const now = Date.now() / 1_000;
    if (iss !== appId || iat === undefined || exp === undefined) return false;
    return iat <= now + 60 && exp > now && exp <= now + 600;
  };

  return {
    asApp: (answer) => (request, parts) =>
      isAppToken(bearer(request)) ? answer(request, parts) : refused(401, "A JSON web token could not be decoded"),
    asInstallation: (answer) => (request, parts) =>
      granted.has(bearer(request)) ? answer(request, parts) : refused(401, "Bad credentials"),
    grant() {
      const token = `ghs_${randomUUID().replaceAll("-", "")}`;
      granted.add(token);
      return token;
    },
  };
}

export const refused = (status: number, message: string): Answer => ({ status, body: { message } });

const bearer = ({ headers }: StandInRequest): string => headers.authorization?.replace(/^(bearer|token) /i, "") ?? "";
