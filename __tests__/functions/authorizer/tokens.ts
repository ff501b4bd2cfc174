import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createLocalJWKSet, exportJWK, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, SignJWT } from "jose";

export const tenantId = "11111111-1111-1111-1111-111111111111";
export const audience = "22222222-2222-2222-2222-222222222222";
export const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
export const settings = { issuer, audience, tenantId, jwksUrl: "https://issuer.test/keys" };

export const now = new Date("2026-03-02T12:00:00Z");
export const seconds = now.getTime() / 1000;
export const methodArn = "arn:aws:execute-api:eu-central-1:123456789012:api1/live/GET/api/v1/reviews";

export const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
/** A key that the issuer does not publish. */
export const other = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Key set as Entra ID publishes it: without "alg". */
export const published = async (key: KeyObject = publicKey, kid = "key-1"): Promise<JSONWebKeySet> => ({
  keys: [{ ...(await exportJWK(key)), kid, use: "sig" }],
});

/** The key set, without a network. */
export const keySet: JWTVerifyGetKey = async (header, token) => createLocalJWKSet(await published())(header, token);

export const base = {
  iss: issuer,
  aud: audience,
  ver: "2.0",
  tid: tenantId,
  sub: "subject-1",
  exp: seconds + 3600,
  nbf: seconds,
};
export const userClaims = { ...base, oid: "object-1", scp: "access", roles: ["Reviews.Read"] };
export const appClaims = { ...base, oid: "object-2", roles: ["Reviews.Submit"] };

interface Header {
  readonly alg?: string;
  readonly kid?: string;
  readonly nonce?: string;
}

/** A token signed with the issuer's key, unless told otherwise. */
export function token(claims: JWTPayload, header: Header = {}, key: KeyObject | Uint8Array = privateKey) {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "key-1", typ: "JWT", ...header }).sign(key);
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token with any text in place of the signature. */
export const unsigned = (header: object, claims: object, signature = "") =>
  `${encoded(header)}.${encoded(claims)}.${signature}`;
