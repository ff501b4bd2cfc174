import { type KeyObject, sign, verify } from "node:crypto";

export type Claims = Readonly<Record<string, unknown>>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signs a compact JWS with RS256. Node's own crypto, so the authorizer's library is tested against another one. */
export function signJwt(claims: Claims, privateKey: KeyObject, keyId: string): string {
  const input = `${encode({ alg: "RS256", typ: "JWT", kid: keyId })}.${encode(claims)}`;
  return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
}

/** Returns the claims of an RS256 token that this key signed, else undefined. Times are the caller's to judge. */
export function verifiedClaims(token: string, publicKey: KeyObject): Claims | undefined {
  const [header = "", payload = "", signature = ""] = token.split(".");
  try {
    const { alg } = JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as { alg?: string };
    const genuine = verify(
      "sha256",
      Buffer.from(`${header}.${payload}`),
      publicKey,
      Buffer.from(signature, "base64url"),
    );
    return alg === "RS256" && genuine ? JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) : undefined;
  } catch {
    return undefined;
  }
}
