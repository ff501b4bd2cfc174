import * as z from "zod/mini";

/** Microsoft Entra ID or Microsoft Graph answered something else than a 2xx. */
export class EntraError extends Error {
  override readonly name = "EntraError";

  constructor(
    readonly status: number,
    what: string,
  ) {
    super(`Entra ID answered ${status} to ${what}.`);
  }
}

export interface ClientCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A client secret of an application, without the secret: Entra ID shows it once. */
export interface ApplicationPassword {
  readonly keyId: string;
  readonly displayName?: string;
  readonly endsAt: Date;
}

export interface EntraApplication {
  passwords(): Promise<readonly ApplicationPassword[]>;
  /** The new secret's text. */
  addPassword(displayName: string, endsAt: Date): Promise<string>;
  removePassword(keyId: string): Promise<void>;
}

export interface EntraApplicationProps {
  /** Object id, which is not the client id. */
  readonly applicationObjectId: string;
  /** Token for Microsoft Graph of a client that owns the application and has `Application.ReadWrite.OwnedBy`. */
  readonly token: () => Promise<string>;
  readonly fetcher?: typeof fetch;
}

const loginUrl = "https://login.microsoftonline.com";
const graphUrl = "https://graph.microsoft.com";

/** Covers the body too. */
const timeoutMs = 3_000;

const Token = z.object({ access_token: z.string().check(z.minLength(1)) });
const Added = z.object({ secretText: z.string().check(z.minLength(1)) });
const Passwords = z.object({
  passwordCredentials: z.array(
    z.pipe(
      z.object({ keyId: z.string(), displayName: z.nullish(z.string()), endDateTime: z.coerce.date() }),
      z.transform(({ keyId, displayName, endDateTime }) => ({
        keyId,
        endsAt: endDateTime,
        ...(typeof displayName === "string" && { displayName }),
      })),
    ),
  ),
});

/** Token for Microsoft Graph by client credentials; throws an `EntraError` where the secret is not (yet) accepted. */
export async function graphToken(
  { tenantId, clientId, clientSecret }: ClientCredentials,
  fetcher: typeof fetch = fetch,
): Promise<string> {
  const response = await fetcher(`${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${graphUrl}/.default`,
    }),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new EntraError(response.status, "a token request");
  return Token.parse(await response.json()).access_token;
}

/** The application's client secrets by Microsoft Graph v1.0 ("application: addPassword", "application: removePassword"). */
export function entraApplication({
  applicationObjectId,
  token,
  fetcher = fetch,
}: EntraApplicationProps): EntraApplication {
  const send = async (method: "GET" | "POST", below: string, body?: object): Promise<Response> => {
    const response = await fetcher(`${graphUrl}/v1.0/applications/${encodeURIComponent(applicationObjectId)}${below}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new EntraError(response.status, `${method} application${below}`);
    return response;
  };

  return {
    async passwords() {
      const response = await send("GET", "?$select=passwordCredentials");
      return Passwords.parse(await response.json()).passwordCredentials;
    },
    async addPassword(displayName, endsAt) {
      const passwordCredential = { displayName, endDateTime: endsAt.toISOString() };
      const response = await send("POST", "/addPassword", { passwordCredential });
      return Added.parse(await response.json()).secretText;
    },
    async removePassword(keyId) {
      await send("POST", "/removePassword", { keyId });
    },
  };
}
