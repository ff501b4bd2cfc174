import { FakeFetch, type FetchAnswer, type FetchedRequest } from "./fake-fetch";

interface Password {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly endDateTime: string;
  readonly secretText: string;
}

/** Entra ID with one application, and an admin client that may change its client secrets. */
export class FakeEntra {
  passwords: Password[] = [];
  /** Token requests with a new secret that are refused before one is accepted. */
  replicationRequests = 0;
  private made = 0;
  readonly http = new FakeFetch((request) => this.answer(request));

  private answer({ method, url, body, headers }: FetchedRequest): FetchAnswer {
    if (url.href === "https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token") {
      return this.token(Object.fromEntries(new URLSearchParams(body)));
    }
    if (headers.authorization !== "Bearer canary-graph-token") return { status: 401, body: {} };
    const below = url.href.split("https://graph.microsoft.com/v1.0/applications/object-1").at(1);
    if (method === "GET" && below === "?$select=passwordCredentials") {
      const passwordCredentials = this.passwords.map((password) => ({ ...password, secretText: null, hint: "can" }));
      return { status: 200, body: { passwordCredentials } };
    }
    if (below === "/addPassword") {
      this.made += 1;
      const made = { keyId: `id-${this.made}`, secretText: `canary-text-${this.made}` };
      this.passwords.push({ ...made, ...JSON.parse(body).passwordCredential });
      return { status: 200, body: made };
    }
    if (below === "/removePassword") {
      const left = this.passwords.filter(({ keyId }) => keyId !== JSON.parse(body).keyId);
      if (left.length === this.passwords.length) return { status: 400, body: {} };
      this.passwords = left;
      return { status: 204 };
    }
    return { status: 404, body: {} };
  }

  private token(form: Record<string, string>): FetchAnswer {
    const ok = { status: 200, body: { access_token: "canary-graph-token", expires_in: 3599 } };
    const isWellFormed =
      form.grant_type === "client_credentials" && form.scope === "https://graph.microsoft.com/.default";
    if (isWellFormed && form.client_id === "admin-1" && form.client_secret === "canary-credential") return ok;
    const isSet = this.passwords.some(({ secretText }) => secretText === form.client_secret);
    if (isWellFormed && form.client_id === "client-1" && isSet && this.replicationRequests === 0) return ok;
    if (isSet) this.replicationRequests -= 1;
    return { status: 401, body: { error: "invalid_client", error_description: "canary-error-body" } };
  }
}
