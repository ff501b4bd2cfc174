import { generateKeyPairSync } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { type ForgedTokens, forgedTokens } from "../../src/local/forged-tokens";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const claims = { sub: "s", roles: ["Platform.Admin"] };
const forge = async (): Promise<ForgedTokens> => {
  const token = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "key-1" }).sign(privateKey);
  return forgedTokens(token, { keys: [publicKey.export({ format: "jwk" })] });
};

it("forged tokens keep the claims and the name of the key", async () => {
  for (const token of Object.values<string>({ ...(await forge()) })) {
    expect(decodeJwt(token)).toEqual(claims);
    expect(decodeProtectedHeader(token).kid).toBe("key-1");
    expect(token.split(".").every((part) => part.length > 0)).toBe(true);
  }
});

it("one says that it needs no signature", async () => {
  expect(decodeProtectedHeader((await forge()).unsigned).alg).toBe("none");
});

it("the other verifies where the public key is taken for a secret, so that it tests what it is meant to", async () => {
  const pem = Buffer.from(publicKey.export({ type: "spki", format: "pem" }));
  const { protectedHeader } = await jwtVerify((await forge()).hmacByPublicKey, pem);

  expect(protectedHeader.alg).toBe("HS256");
});

it("an empty key set is no ground to forge on", () => {
  expect(() => forgedTokens("a.b.c", { keys: [] })).toThrow("The key set of the issuer is empty.");
});
