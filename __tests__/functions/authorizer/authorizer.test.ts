import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { CompactSign, createLocalJWKSet, exportJWK, type JWTPayload, type JWTVerifyGetKey, SignJWT } from "jose";
import { authorize } from "../../../functions/authorizer/authorize";
import { KeySetUnavailable, remoteKeySet, withAvailability } from "../../../functions/authorizer/key-set";
import { authorizerAnswer } from "../../../functions/authorizer/policy";
import { type RefusalReason, verifyToken } from "../../../functions/authorizer/verify-token";
import { routes } from "../../../src/limits/routes";
import { rolePermissions } from "../../../src/security/entra";
import { recorder } from "../support/http-events";

const tenantId = "11111111-1111-1111-1111-111111111111";
const audience = "22222222-2222-2222-2222-222222222222";
const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
const settings = { issuer, audience, tenantId, jwksUrl: "https://issuer.test/keys" };
const now = new Date("2026-03-02T12:00:00Z");
const seconds = now.getTime() / 1000;
const methodArn = "arn:aws:execute-api:eu-central-1:123456789012:api1/live/GET/api/v1/reviews";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });

let keySet: JWTVerifyGetKey;

beforeAll(async () => {
  // Entra's published keys carry no "alg".
  keySet = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: "key-1", use: "sig" }] });
});

const base = {
  iss: issuer,
  aud: audience,
  ver: "2.0",
  tid: tenantId,
  sub: "subject-1",
  exp: seconds + 3600,
  nbf: seconds,
};
const userClaims = { ...base, oid: "object-1", scp: "access", roles: ["Reviews.Read"] };
const appClaims = { ...base, oid: "object-2", roles: ["Reviews.Submit"] };

interface Header {
  readonly alg?: string;
  readonly kid?: string;
  readonly nonce?: string;
}

function token(claims: JWTPayload, header: Header = {}, key: KeyObject | Uint8Array = privateKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "key-1", typ: "JWT", ...header }).sign(key);
}

const unsigned = (header: object, claims: object) =>
  `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;

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

  it("of an application is accepted by its roles", async () => {
    expect(await verify(token(appClaims))).toMatchObject({
      ok: true,
      caller: { kind: "app", roles: ["Reviews.Submit"] },
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
    ["in its last accepted second", { exp: seconds - 29 }],
    ["that begins in half a minute", { nbf: seconds + 30 }],
  ])("%s is accepted, because clocks differ", async (_when, claims) => {
    expect(await verify(token({ ...userClaims, ...claims }))).toMatchObject({ ok: true });
  });

  const without = (claim: string) => Object.fromEntries(Object.entries(userClaims).filter(([name]) => name !== claim));

  const refused: [what: string, reason: RefusalReason, text: () => string | Promise<string>][] = [
    ["expired for 31 s", "expired", () => token({ ...userClaims, exp: seconds - 31 })],
    ["expired for 30 s", "expired", () => token({ ...userClaims, exp: seconds - 30 })],
    ["valid from 31 s on", "not-yet-valid", () => token({ ...userClaims, nbf: seconds + 31 })],
    ["without an end", "claim", () => token(without("exp"))],
    ["without a subject", "claim", () => token(without("sub"))],
    ["with a number as subject", "claim", () => token({ ...userClaims, sub: 7 as unknown as string })],
    ["for another audience", "audience", () => token({ ...userClaims, aud: "33333333-3333-3333-3333-333333333333" })],
    ["of an issuer with a slash more", "issuer", () => token({ ...userClaims, iss: `${issuer}/` })],
    ["of another tenant's issuer", "issuer", () => token({ ...userClaims, iss: issuer.replace("1111", "2222") })],
    [
      "of version 1",
      "v1-token",
      () => token({ ...userClaims, ver: "1.0", iss: `https://sts.windows.net/${tenantId}/` }),
    ],
    ["that says version 1 under the v2 issuer", "version", () => token({ ...userClaims, ver: "1.0" })],
    ["of another tenant", "tenant", () => token({ ...userClaims, tid: "44444444-4444-4444-4444-444444444444" })],
    ["without scope and roles", "no-scope-or-role", () => token(base)],
    ["with a role that is no list", "no-scope-or-role", () => token({ ...base, roles: "Platform.Admin" })],
    ["for Microsoft Graph", "graph-token", () => token(userClaims, { nonce: "n" })],
    ["of an unknown key", "unknown-key", () => token(userClaims, { kid: "key-9" }, other.privateKey)],
    ["signed by another key under a known name", "signature", () => token(userClaims, {}, other.privateKey)],
    ["signed with RS512", "algorithm", () => token(userClaims, { alg: "RS512" })],
    [
      "signed with HMAC by the public key",
      "algorithm",
      () => token(userClaims, { alg: "HS256" }, Buffer.from(publicKey.export({ type: "spki", format: "pem" }))),
    ],
    ["that says it needs no signature", "algorithm", () => unsigned({ alg: "none", typ: "JWT" }, userClaims)],
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

  it.each([0, 1, 2])("changed in its part %i is refused", async (part) => {
    const parts = (await token(userClaims)).split(".");
    const text = parts[part] ?? "";
    parts[part] = `${text.slice(0, 12)}${text[12] === "A" ? "B" : "A"}${text.slice(13)}`;

    expect(await verify(parts.join("."))).toMatchObject({ ok: false });
  });
});

describe("a key set", () => {
  const failing =
    (error: unknown): JWTVerifyGetKey =>
    async () => {
      throw error;
    };

  it.each([new TypeError("fetch failed"), new Error("timeout"), "no error at all"])(
    "that cannot be read, %p, is no verdict on the token",
    async (error) => {
      const text = await token(userClaims);

      await expect(verifyToken(text, withAvailability(failing(error)), settings, now)).rejects.toBeInstanceOf(
        KeySetUnavailable,
      );
    },
  );

  it("with two keys for one name, or none, is a verdict", async () => {
    const jwk = await exportJWK(publicKey);
    const double = createLocalJWKSet({ keys: [jwk, { ...(await exportJWK(other.publicKey)) }] });
    const text = await new SignJWT(userClaims).setProtectedHeader({ alg: "RS256" }).sign(privateKey);

    expect(await verifyToken(text, withAvailability(double), settings, now)).toEqual({
      ok: false,
      reason: "unknown-key",
    });
    expect(await verifyToken(text, withAvailability(createLocalJWKSet({ keys: [] })), settings, now)).toEqual({
      ok: false,
      reason: "unknown-key",
    });
  });

  it("is fetched once for many tokens", async () => {
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "key-1" }] };
    const fetched = jest.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(jwks));
    const remote = withAvailability(remoteKeySet("https://issuer.test/keys"));

    const text = await token(userClaims);
    const checks = [];
    for (let count = 0; count < 5; count += 1) checks.push(await verifyToken(text, remote, settings, now));
    const calls = fetched.mock.calls.length;
    fetched.mockRestore();

    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(calls).toBe(1);
  });

  it.each([
    ["an error page", async () => new Response("down", { status: 503 })],
    ["no key set", async () => Response.json({ keys: "none" })],
    ["no answer", async () => Promise.reject(new TypeError("fetch failed"))],
  ])("whose address gives %s cannot be read", async (_what, answer) => {
    const fetched = jest.spyOn(globalThis, "fetch").mockImplementation(answer);
    const check = verifyToken(
      await token(userClaims),
      withAvailability(remoteKeySet("https://issuer.test/keys")),
      settings,
      now,
    );

    await expect(check).rejects.toBeInstanceOf(KeySetUnavailable);
    fetched.mockRestore();
  });
});

describe("the authorizer", () => {
  function authorizer(keys: JWTVerifyGetKey = keySet) {
    const seen = recorder();
    const ask = async (text: string | Promise<string>, scheme = "Bearer ") =>
      authorize(
        { authorizationToken: `${scheme}${await text}`, methodArn },
        { settings, keySet: keys, clock: () => now, record: seen.record, log: seen.log },
      );
    return { ask, ...seen };
  }
  const sample = (AuthDenied: number, AuthUnavailable: number) => [
    { dimension: "Service", value: "authorize", samples: { AuthDenied, AuthUnavailable } },
  ];

  it("allows what the roles allow and hands them on as text", async () => {
    const { ask, samples, lines } = authorizer();

    const answer = await ask(token({ ...userClaims, roles: ["Reviews.Read", "Somebody.Else"] }));

    expect(answer.policyDocument.Statement[0].Effect).toBe("Allow");
    expect(answer.context).toEqual({ sub: "subject-1", oid: "object-1", kind: "user", roles: "Reviews.Read" });
    expect(samples).toEqual(sample(0, 0));
    expect(lines).toEqual([
      {
        level: "info",
        message: "auth",
        fields: {
          decision: "allow",
          reason: "role",
          subject: "object-1",
          kind: "user",
          roles: ["Reviews.Read"],
          unknownRoles: ["Somebody.Else"],
        },
      },
    ]);
  });

  it("answers a bad token 401 with one line that says why and nothing of the token", async () => {
    const { ask, samples, lines } = authorizer();
    const text = await token({ ...userClaims, exp: seconds - 31 });

    await expect(ask(text)).rejects.toThrow(/^Unauthorized$/);

    expect(samples).toEqual(sample(1, 0));
    expect(lines).toEqual([{ level: "warn", message: "auth", fields: { decision: "deny", reason: "expired" } }]);
  });

  it("answers a good token without a role of ours 403", async () => {
    const { ask, samples, lines } = authorizer();
    const { oid, ...claims } = userClaims;

    const answer = await ask(token({ ...claims, roles: ["Somebody.Else"] }));

    expect(answer.policyDocument.Statement).toEqual([
      {
        Action: "execute-api:Invoke",
        Effect: "Deny",
        Resource: ["arn:aws:execute-api:eu-central-1:123456789012:api1/live/*"],
      },
    ]);
    expect(samples).toEqual(sample(1, 0));
    expect(lines[0]?.fields).toMatchObject({ decision: "deny", reason: "no-role", subject: "subject-1" });
  });

  it.each([new TypeError("fetch failed"), "no error at all"])(
    "does not answer 401 while the keys cannot be read: %p",
    async (error) => {
      const { ask, samples, lines } = authorizer(async () => {
        throw error;
      });

      await expect(ask(token(userClaims))).rejects.toBeInstanceOf(KeySetUnavailable);

      expect(samples).toEqual(sample(0, 1));
      expect(lines).toMatchObject([
        { level: "error", message: "auth-unavailable", fields: { errorName: "KeySetUnavailable" } },
      ]);
    },
  );

  it.each(["", "Basic ", "Bearer  ", "Bearer x "])("takes a bearer token only, not %p before it", async (scheme) => {
    await expect(authorizer().ask(token(userClaims), scheme)).rejects.toThrow("Unauthorized");
  });

  it("takes the scheme in any case", async () => {
    await expect(authorizer().ask(token(userClaims), "bearer ")).resolves.toBeDefined();
  });
});

describe("the policy", () => {
  const caller = (roles: readonly string[]) => ({ sub: "s", kind: "user" as const, roles });
  const stage = "arn:aws:execute-api:eu-central-1:123456789012:api1/live";
  /** Whether API Gateway would let the request through: IAM's `*` matches any text. */
  const allows = (roles: readonly string[], request: string) => {
    const [statement] = authorizerAnswer(caller(roles), methodArn).policyDocument.Statement;
    const matches = statement.Resource.some((arn) =>
      new RegExp(
        `^${arn
          .split("*")
          .map((part) => part.replace(/[.+?^$()[\]{}|\\/]/g, "\\$&"))
          .join(".*")}$`,
      ).test(`${stage}/${request}`),
    );
    return statement.Effect === "Allow" && matches;
  };
  const requests = {
    listReviews: "GET/api/v1/reviews",
    getReview: "GET/api/v1/reviews/cmV2aWV3",
    submitReview: "POST/api/v1/reviews",
    deleteReview: "DELETE/api/v1/reviews/cmV2aWV3",
  };

  it.each([
    ["Reviews.Read", ["listReviews", "getReview"]],
    ["Reviews.Write", ["listReviews", "getReview", "submitReview"]],
    ["Reviews.Submit", ["submitReview"]],
    ["Platform.Admin", ["listReviews", "getReview", "submitReview", "deleteReview"]],
    ["Evidence.Read", []],
  ])("lets %s call %p and nothing else", (role, operations) => {
    const allowed = Object.entries(requests).filter(([, request]) => allows([role], request));

    expect(allowed.map(([operation]) => operation)).toEqual(operations);
  });

  it("covers every role and every protected route", () => {
    const protectedRoutes = routes.filter(({ protection }) => protection === "authorizer");

    expect(Object.keys(requests).sort()).toEqual(protectedRoutes.map(({ operationId }) => operationId).sort());
    expect(Object.keys(rolePermissions)).toHaveLength(4);
  });

  it("adds roles up", () => {
    expect(allows(["Reviews.Read", "Reviews.Submit"], requests.getReview)).toBe(true);
    expect(allows(["Reviews.Read", "Reviews.Submit"], requests.submitReview)).toBe(true);
    expect(allows(["Reviews.Read", "Reviews.Submit"], requests.deleteReview)).toBe(false);
  });

  it("is the same text for every route a token is first used on, because API Gateway keeps it", () => {
    const texts = Object.values(requests).map((request) =>
      JSON.stringify(authorizerAnswer(caller(["Reviews.Write"]), `${stage}/${request}`)),
    );

    expect(new Set(texts).size).toBe(1);
  });

  it("never leaves its stage of its API", () => {
    const all = Object.keys(rolePermissions).flatMap(
      (role) => authorizerAnswer(caller([role]), methodArn).policyDocument.Statement[0].Resource,
    );

    expect(all.filter((arn) => !arn.startsWith(`${stage}/`))).toEqual([]);
  });
});
