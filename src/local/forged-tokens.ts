import { createHmac, createPublicKey, type JsonWebKey } from "node:crypto";

/** Two tokens with the claims of a good one that nobody with the key has signed. */
export interface ForgedTokens {
  /** Says that it needs no signature; its third part is there, for the form's sake. */
  readonly unsigned: string;
  /** Signed by HMAC with the published key as the secret, which a verifier that trusts the header takes. */
  readonly hmacByPublicKey: string;
}

/** Forges tokens out of a good one and the key set that its issuer publishes. */
export function forgedTokens(token: string, { keys: [jwk] }: { readonly keys: readonly JsonWebKey[] }): ForgedTokens {
  const [header = "", claims = ""] = token.split(".");
  if (!jwk) throw new Error("The key set of the issuer is empty.");
  const { kid }: { kid?: string } = JSON.parse(Buffer.from(header, "base64url").toString());
  const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
  const hmacInput = `${encoded({ alg: "HS256", typ: "JWT", kid })}.${claims}`;
  return {
    unsigned: `${encoded({ alg: "none", typ: "JWT", kid })}.${claims}.AA`,
    hmacByPublicKey: `${hmacInput}.${createHmac("sha256", pem).update(hmacInput).digest("base64url")}`,
  };
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
