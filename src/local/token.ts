import type { JsonWebKey } from "node:crypto";
import { loopbackUrl, ports } from "./ports";

/** Has the local issuer mint an access token with these roles. */
export async function mintToken(roles: readonly string[]): Promise<string> {
  const response = await fetch(`${loopbackUrl(ports.issuer)}/token`, {
    method: "POST",
    body: new URLSearchParams(roles.map((role): [string, string] => ["role", role])),
    signal: AbortSignal.timeout(5_000),
  });
  const { access_token } = (await response.json()) as { access_token: string };
  return access_token;
}

/** The key set that the local issuer publishes. */
export async function publishedKeys(): Promise<{ keys: JsonWebKey[] }> {
  const response = await fetch(`${loopbackUrl(ports.issuer)}/jwks`, { signal: AbortSignal.timeout(5_000) });
  return (await response.json()) as { keys: JsonWebKey[] };
}
