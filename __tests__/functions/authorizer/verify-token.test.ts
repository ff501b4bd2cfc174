import { CompactSign, exportJWK } from "jose";
import { type RefusalReason, verifyToken } from "../../../functions/authorizer/verify-token";
import {
  appClaims,
  audience,
  base,
  issuer,
  keySet,
  now,
  other,
  privateKey,
  publicKey,
  seconds,
  settings,
  tenantId,
  token,
  unsigned,
  userClaims,
} from "./tokens";

const verify = async (
  text: string | Promise<string>,
  of: { tenantId?: string; issuer: string; audience: string; jwksUrl: string } = settings,
) => verifyToken(await text, keySet, of, now);

describe("a token", () => {
  it("of a user is accepted with its scope and roles", async () => {
    expect(await verify(token(userClaims))).toEqual({
      ok: true,
      caller: { sub: "subject-1", oid: "object-1", kind: "user", roles: ["Reviews.Read"] },
    });
  });

  it("of an application is accepted by its roles, without a scope", async () => {
    expect(await verify(token(appClaims))).toEqual({
      ok: true,
      caller: { sub: "subject-1", oid: "object-2", kind: "app", roles: ["Reviews.Submit"] },
    });
  });

  it("of a user without roles is accepted, and may call nothing", async () => {
    expect(await verify(token({ ...base, scp: "access" }))).toMatchObject({ ok: true, caller: { roles: [] } });
  });

  it("whose roles are not all texts keeps those that are", async () => {
    expect(await verify(token({ ...base, roles: ["Reviews.Read", 7] }))).toMatchObject({
      caller: { roles: ["Reviews.Read"] },
    });
  });

  it("of another issuer needs neither version nor tenant nor object id", async () => {
    const { tid, ver, ...claims } = { ...base, iss: "https://issuer.test", roles: ["Reviews.Read"] };
    const oidc = { issuer: "https://issuer.test", audience, jwksUrl: settings.jwksUrl };

    expect(await verify(token(claims), oidc)).toEqual({
      ok: true,
      caller: { sub: "subject-1", kind: "app", roles: ["Reviews.Read"] },
    });
  });

  it.each([
    ["expired for 29 s", { exp: seconds - 29 }],
    ["that begins in 30 s", { nbf: seconds + 30 }],
  ])("%s is accepted, because clocks differ", async (_when, claims) => {
    expect(await verify(token({ ...userClaims, ...claims }))).toMatchObject({ ok: true });
  });

  const without = (claim: string) => Object.fromEntries(Object.entries(userClaims).filter(([name]) => name !== claim));
  const withHmac = async (secret: string | Buffer) =>
    token(userClaims, { alg: "HS256" }, typeof secret === "string" ? Buffer.from(secret) : secret);
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();

  const refused: [what: string, reason: RefusalReason, text: () => string | Promise<string>][] = [
    ["expired for 31 s", "expired", () => token({ ...userClaims, exp: seconds - 31 })],
    ["expired for 30 s", "expired", () => token({ ...userClaims, exp: seconds - 30 })],
    ["valid from 31 s on", "not-yet-valid", () => token({ ...userClaims, nbf: seconds + 31 })],
    ["without an end", "claim", () => token(without("exp"))],
    ["without a subject", "claim", () => token(without("sub"))],
    ["with a number as subject", "claim", () => token({ ...userClaims, sub: 7 as unknown as string })],
    ["for another audience", "audience", () => token({ ...userClaims, aud: "33333333-3333-3333-3333-333333333333" })],
    ["for the API's address in place of its id", "audience", () => token({ ...userClaims, aud: `api://${audience}` })],
    ["of an issuer with a slash more", "issuer", () => token({ ...userClaims, iss: `${issuer}/` })],
    ["of another tenant's issuer", "issuer", () => token({ ...userClaims, iss: issuer.replace("1111", "2222") })],
    ["of any tenant's issuer", "issuer", () => token({ ...userClaims, iss: issuer.replace(tenantId, "common") })],
    [
      "of version 1",
      "v1-token",
      () => token({ ...userClaims, ver: "1.0", iss: `https://sts.windows.net/${tenantId}/`, aud: `api://${audience}` }),
    ],
    ["that says version 1 under the v2 issuer", "version", () => token({ ...userClaims, ver: "1.0" })],
    ["without a version", "version", () => token(without("ver"))],
    ["of another tenant", "tenant", () => token({ ...userClaims, tid: "44444444-4444-4444-4444-444444444444" })],
    ["without a tenant", "tenant", () => token(without("tid"))],
    ["without scope and roles", "no-scope-or-role", () => token(base)],
    ["with a role that is no list", "no-scope-or-role", () => token({ ...base, roles: "Platform.Admin" })],
    ["for Microsoft Graph", "graph-token", () => token(userClaims, { nonce: "n" })],
    ["of an unknown key", "unknown-key", () => token(userClaims, { kid: "key-9" }, other.privateKey)],
    ["signed by another key under a known name", "signature", () => token(userClaims, {}, other.privateKey)],
    ["signed with RS512", "algorithm", () => token(userClaims, { alg: "RS512" })],
    ["signed with PS256", "algorithm", () => token(userClaims, { alg: "PS256" })],
    ["signed with HMAC by the public key as PEM", "algorithm", () => withHmac(pem)],
    ["signed with HMAC by that PEM without its last line break", "algorithm", () => withHmac(pem.trimEnd())],
    [
      "signed with HMAC by the public key as DER",
      "algorithm",
      () => withHmac(publicKey.export({ type: "spki", format: "der" })),
    ],
    [
      "signed with HMAC by the text of the published key",
      "algorithm",
      async () => withHmac(JSON.stringify({ ...(await exportJWK(publicKey)), kid: "key-1", use: "sig" })),
    ],
    ["that says it needs no signature", "algorithm", () => unsigned({ alg: "none", typ: "JWT" }, userClaims)],
    ["that says so and has one", "algorithm", () => unsigned({ alg: "none", kid: "key-1" }, userClaims, "c2ln")],
    ["that says so in capitals", "algorithm", () => unsigned({ alg: "NONE", kid: "key-1" }, userClaims, "c2ln")],
    ["without an algorithm", "malformed", () => unsigned({ typ: "JWT" }, userClaims)],
    ["whose header is no JSON", "malformed", () => "AAAA.BBBB.CCCC"],
    [
      "whose body is no object",
      "malformed",
      () => new CompactSign(Buffer.from("7")).setProtectedHeader({ alg: "RS256", kid: "key-1" }).sign(privateKey),
    ],
    ["of two parts", "malformed", () => "AAAA.BBBB"],
  ];

  it.each(refused)("%s is refused: %s", async (_what, reason, text) => {
    expect(await verify(text())).toEqual({ ok: false, reason });
  });

  it("that brings a key of its own is judged by the issuer's", async () => {
    const header = { alg: "RS256", kid: "key-1", jwk: await exportJWK(other.publicKey), jku: "https://other.test/" };
    const text = await new CompactSign(Buffer.from(JSON.stringify(userClaims)))
      .setProtectedHeader(header)
      .sign(other.privateKey);

    expect(await verify(text)).toEqual({ ok: false, reason: "signature" });
  });

  it.each([0, 1, 2])("changed in its part %i is refused", async (part) => {
    const parts = (await token(userClaims)).split(".");
    const text = parts[part] ?? "";
    parts[part] = `${text.slice(0, 12)}${text[12] === "A" ? "B" : "A"}${text.slice(13)}`;

    expect(await verify(parts.join("."))).toMatchObject({ ok: false });
  });
});
