import type { JWTVerifyGetKey } from "jose";
import { authorize } from "../../../functions/authorizer/authorize";
import { KeySetUnavailable } from "../../../functions/authorizer/key-set";
import { recorder } from "../support/http-events";
import {
  appClaims,
  keySet,
  methodArn,
  now,
  other,
  seconds,
  settings,
  tenantId,
  token,
  unsigned,
  userClaims,
} from "./tokens";

function authorizer(keys: JWTVerifyGetKey = keySet) {
  const seen = recorder();
  const ask = async (text: string | Promise<string>, arn = methodArn) =>
    authorize(
      { authorizationToken: `Bearer ${await text}`, methodArn: arn },
      { settings, keySet: keys, clock: () => now, record: seen.record, log: seen.log },
    );
  return { ask, ...seen };
}
const sample = (AuthDenied: number, AuthUnavailable: number) => [
  { dimension: "Service", value: "authorize", samples: { AuthDenied, AuthUnavailable } },
];
const stage = "arn:aws:execute-api:eu-central-1:123456789012:api1/live";

describe("the authorizer", () => {
  it("allows what the roles allow and hands them on as text", async () => {
    const { ask, samples, lines } = authorizer();

    const answer = await ask(token({ ...userClaims, roles: ["Reviews.Read", "Somebody.Else"] }));

    expect(answer).toEqual({
      principalId: "subject-1",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Action: "execute-api:Invoke",
            Effect: "Allow",
            Resource: [`${stage}/GET/api/v1/reviews`, `${stage}/GET/api/v1/reviews/*`],
          },
        ],
      },
      context: { sub: "subject-1", oid: "object-1", kind: "user", roles: "Reviews.Read" },
    });
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

  it("allows an application what its roles allow", async () => {
    const answer = await authorizer().ask(token(appClaims));

    expect(answer.policyDocument.Statement[0]).toEqual({
      Action: "execute-api:Invoke",
      Effect: "Allow",
      Resource: [`${stage}/POST/api/v1/reviews`],
    });
    expect(answer.context).toEqual({ sub: "subject-1", oid: "object-2", kind: "app", roles: "Reviews.Submit" });
  });

  it("answers the same text for a token on whatever route it comes first, because API Gateway keeps it", async () => {
    const { ask } = authorizer();
    const text = await token({ ...userClaims, roles: ["Reviews.Write"] });

    const onList = await ask(text, `${stage}/GET/api/v1/reviews`);
    const onDelete = await ask(text, `${stage}/DELETE/api/v1/reviews/cmV2aWV3`);

    expect(JSON.stringify(onDelete)).toBe(JSON.stringify(onList));
  });

  it("answers a bad token 401 with one line that says why and nothing of the token", async () => {
    const { ask, samples, lines } = authorizer();
    const text = await token({ ...userClaims, exp: seconds - 31 });

    await expect(ask(text)).rejects.toThrow(/^Unauthorized$/);

    expect(samples).toEqual(sample(1, 0));
    expect(lines).toEqual([{ level: "warn", message: "auth", fields: { decision: "deny", reason: "expired" } }]);
  });

  it("says what to change where a token is of version 1 or for Microsoft Graph", async () => {
    const { ask, lines } = authorizer();
    const v1 = token({ ...userClaims, ver: "1.0", iss: `https://sts.windows.net/${tenantId}/` });

    await expect(ask(v1)).rejects.toThrow("Unauthorized");
    await expect(ask(token(userClaims, { nonce: "n" }))).rejects.toThrow("Unauthorized");

    expect(lines.map(({ fields }) => fields)).toEqual([
      {
        decision: "deny",
        reason: "v1-token",
        remedy: "Set requestedAccessTokenVersion = 2 in the manifest of the application registration.",
      },
      {
        decision: "deny",
        reason: "graph-token",
        remedy: "This token is for Microsoft Graph, which alone can verify it. Ask for a scope of this API.",
      },
    ]);
  });

  it("answers a good token without a role of ours 403", async () => {
    const { ask, samples, lines } = authorizer();
    const { oid, ...claims } = userClaims;

    const answer = await ask(token({ ...claims, roles: ["Somebody.Else"] }));

    expect(answer.policyDocument.Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: [`${stage}/*`] },
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

  it.each([
    ["without a signature", () => unsigned({ alg: "none", kid: "key-1" }, userClaims, "c2ln")],
    ["for Microsoft Graph", () => token(userClaims, { nonce: "n" })],
    ["of an algorithm of its own", () => token(userClaims, { alg: "RS512" })],
  ])("refuses a token %s even while the keys cannot be read", async (_what, text) => {
    const { ask } = authorizer(async () => {
      throw new TypeError("fetch failed");
    });

    await expect(ask(text())).rejects.toThrow(/^Unauthorized$/);
  });

  it("logs nothing of a token, whether it lets it in or not", async () => {
    const { ask, lines } = authorizer();
    const good = await token(userClaims);
    const bad = await token(userClaims, {}, other.privateKey);

    await ask(good);
    await expect(ask(bad)).rejects.toThrow("Unauthorized");

    const logged = JSON.stringify(lines);
    expect(lines).toHaveLength(2);
    expect([good, bad].flatMap((text) => text.split(".")).filter((part) => logged.includes(part))).toEqual([]);
  });
});
