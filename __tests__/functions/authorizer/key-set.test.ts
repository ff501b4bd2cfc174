import { createLocalJWKSet, exportJWK, type JSONWebKeySet, type JWTVerifyGetKey, SignJWT } from "jose";
import { KeySetUnavailable, remoteKeySet, withAvailability } from "../../../functions/authorizer/key-set";
import { verifyToken } from "../../../functions/authorizer/verify-token";
import { listen } from "../support/loopback";
import { now, other, privateKey, publicKey, published, settings, token, userClaims } from "./tokens";

describe("a key set in hand", () => {
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
});

describe("a key set at an address", () => {
  /** An issuer on loopback that counts how often it is asked. */
  const issuer = { hits: 0, status: 200, body: "" };
  let server: Awaited<ReturnType<typeof listen>>;
  let clockMs = 0;

  beforeAll(async () => {
    server = await listen(() => {
      issuer.hits += 1;
      return { status: issuer.status, body: issuer.body };
    });
  });
  afterAll(() => server.close());

  beforeEach(async () => {
    Object.assign(issuer, { hits: 0, status: 200, body: JSON.stringify(await published()) });
    clockMs = Date.now();
    jest.spyOn(Date, "now").mockImplementation(() => clockMs);
  });
  afterEach(() => jest.restoreAllMocks());

  const publish = (jwks: JSONWebKeySet) => Object.assign(issuer, { body: JSON.stringify(jwks) });
  const checker = () => {
    const keySet = withAvailability(remoteKeySet(`${server.url}/keys`));
    return async (text: Promise<string> = token(userClaims)) => verifyToken(await text, keySet, settings, now);
  };
  const ofNewKey = () => token(userClaims, { kid: "key-2" }, other.privateKey);

  it("is fetched once for a thousand tokens, a hundred at a time", async () => {
    const check = checker();

    const verdicts = [];
    for (let count = 0; count < 10; count += 1) {
      verdicts.push(...(await Promise.all(Array.from({ length: 100 }, () => check()))));
    }

    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1000);
    expect(issuer.hits).toBe(1);
  });

  it("is not fetched again within 30 s for keys that nobody knows", async () => {
    const check = checker();
    await check();

    const verdicts = await Promise.all(Array.from({ length: 50 }, () => check(ofNewKey())));

    expect(verdicts).toEqual(Array(50).fill({ ok: false, reason: "unknown-key" }));
    expect(issuer.hits).toBe(1);
  });

  it("is fetched again after 30 s for a key that the issuer has added", async () => {
    const check = checker();
    await check();
    publish({ keys: [...(await published()).keys, ...(await published(other.publicKey, "key-2")).keys] });

    clockMs += 30_001;

    expect(await check(ofNewKey())).toMatchObject({ ok: true });
    expect(issuer.hits).toBe(2);
  });

  it("forgets a key that the issuer has withdrawn after ten minutes", async () => {
    const check = checker();
    await check();
    publish(await published(other.publicKey, "key-2"));

    clockMs += 599_999;
    expect(await check()).toMatchObject({ ok: true });
    clockMs += 2;
    expect(await check()).toEqual({ ok: false, reason: "unknown-key" });
  });

  it("that is down is no matter while the keys are fresh, and no verdict afterwards", async () => {
    const check = checker();
    await check();
    issuer.status = 503;

    clockMs += 599_999;
    expect(await check()).toMatchObject({ ok: true });
    clockMs += 2;
    await expect(check()).rejects.toBeInstanceOf(KeySetUnavailable);
    issuer.status = 200;
    expect(await check()).toMatchObject({ ok: true });
  });

  it.each([
    ["an error page", { status: 503, body: "down" }],
    ["a redirection", { status: 302, body: "" }],
    ["no JSON", { status: 200, body: "<html>" }],
    ["no key set", { status: 200, body: '{"keys":"none"}' }],
  ])("that answers with %s cannot be read", async (_what, answer) => {
    Object.assign(issuer, answer);

    await expect(checker()()).rejects.toBeInstanceOf(KeySetUnavailable);
  });

  it("where nobody listens cannot be read", async () => {
    const keySet = withAvailability(remoteKeySet("http://127.0.0.1:1/keys"));

    await expect(verifyToken(await token(userClaims), keySet, settings, now)).rejects.toBeInstanceOf(KeySetUnavailable);
  });
});
