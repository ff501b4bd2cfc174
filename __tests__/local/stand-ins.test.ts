import { createPublicKey, generateKeyPairSync } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { bedrock } from "../../src/local/stand-ins/bedrock";
import { gitHub } from "../../src/local/stand-ins/github";
import { issuer } from "../../src/local/stand-ins/issuer";
import { smallestInstance } from "../../src/local/stand-ins/json-schema";
import { signJwt, verifiedClaims } from "../../src/local/stand-ins/jwt";
import { callsOf } from "../../src/local/stand-ins/server";

const servers: Server[] = [];
const listen = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe("the token issuer", () => {
  const props = { url: "http://127.0.0.1:4570", audience: "review-platform" };

  it("publishes the key that verifies the tokens it mints, with the roles that were asked for", async () => {
    const url = await listen(issuer(props));

    const minted = await fetch(`${url}/token`, {
      method: "POST",
      body: new URLSearchParams([["role", "Reviews.Read"]]),
    });
    const { access_token: token } = (await minted.json()) as { access_token: string };
    const { keys } = (await (await fetch(`${url}/jwks`)).json()) as {
      keys: (Record<string, string> & { kid: string })[];
    };
    const [key] = keys;

    const claims = verifiedClaims(token, createPublicKey({ key: key ?? {}, format: "jwk" }));
    const header = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
    expect(header).toEqual({ alg: "RS256", typ: "JWT", kid: key?.kid });
    expect(claims).toMatchObject({ iss: props.url, aud: "review-platform", ver: "2.0", roles: ["Reviews.Read"] });
    expect(Number(claims?.exp) - Number(claims?.iat)).toBe(3_600);
  });

  it("names its key set in the discovery document", async () => {
    const url = await listen(issuer(props));

    const discovery = await (await fetch(`${url}/.well-known/openid-configuration`)).json();

    expect(discovery).toMatchObject({ issuer: props.url, jwks_uri: "http://127.0.0.1:4570/jwks" });
  });
});

describe("the GitHub stand-in", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const appPublicKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  const now = Math.floor(Date.now() / 1_000);
  const appToken = (changes: object = {}) =>
    signJwt({ iss: "1", iat: now - 60, exp: now + 540, ...changes }, privateKey, "app");
  const as = (token: string, more: object = {}) => ({ headers: { authorization: `Bearer ${token}`, ...more } });

  it("gives an installation token for the App's own JWT, and with it the diff and a comment", async () => {
    const url = await listen(gitHub({ appId: "1", appPublicKey }));

    await fetch(`${url}/_stand-in/head`, {
      method: "POST",
      body: JSON.stringify({ pullRequest: "acme/shop/7", commit: "a".repeat(40) }),
    });

    const installation = await fetch(`${url}/repos/acme/shop/installation`, as(appToken()));
    const granted = await fetch(`${url}/app/installations/1/access_tokens`, { method: "POST", ...as(appToken()) });
    const { token } = (await granted.json()) as { token: string };
    const diff = await fetch(`${url}/repos/acme/shop/pulls/7`, as(token, { accept: "application/vnd.github.diff" }));
    const pull = await fetch(`${url}/repos/acme/shop/pulls/7`, as(token));
    const range = `${"0".repeat(40)}...${"a".repeat(40)}`;
    const compared = await fetch(
      `${url}/repos/acme/shop/compare/${range}`,
      as(token, { accept: "application/vnd.github.diff" }),
    );
    const posted = await fetch(`${url}/repos/acme/shop/issues/7/comments`, {
      method: "POST",
      body: JSON.stringify({ body: "Looks good" }),
      ...as(token),
    });
    const comments = await (await fetch(`${url}/repos/acme/shop/issues/7/comments`, as(token))).json();

    expect([installation.status, granted.status, diff.status, posted.status]).toEqual([200, 201, 200, 201]);
    expect(await diff.text()).toContain("diff --git a/src/greeting.ts");
    expect(await compared.text()).toContain("diff --git a/src/greeting.ts");
    expect(await pull.json()).toMatchObject({
      number: 7,
      base: { sha: "0".repeat(40) },
      head: { sha: "a".repeat(40) },
    });
    expect(comments).toMatchObject([{ id: 1, body: "Looks good", performed_via_github_app: { id: 1 } }]);
  });

  it.each([
    [
      "signed by another key",
      () =>
        signJwt(
          { iss: "1", iat: now, exp: now + 60 },
          generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
          "app",
        ),
    ],
    ["valid for more than ten minutes", () => appToken({ exp: now + 700 })],
    ["expired", () => appToken({ exp: now - 1 })],
    ["issued in the future", () => appToken({ iat: now + 120 })],
    ["of another App", () => appToken({ iss: "2" })],
  ])("refuses an App token %s", async (_, token) => {
    const url = await listen(gitHub({ appId: "1", appPublicKey }));

    const { status } = await fetch(`${url}/app/installations/1/access_tokens`, { method: "POST", ...as(token()) });

    expect(status).toBe(401);
  });

  it("refuses a diff to a token it did not grant, and anybody without a user agent", async () => {
    const url = await listen(gitHub({ appId: "1", appPublicKey }));

    const stranger = await fetch(`${url}/repos/acme/shop/pulls/7`, as("ghs_made_up"));
    const nameless = await fetch(`${url}/meta`, { headers: { "user-agent": "" } });

    expect([stranger.status, nameless.status]).toEqual([401, 403]);
  });

  it("remembers what it was asked and how it answered", async () => {
    const url = await listen(gitHub({ appId: "1", appPublicKey }));
    await fetch(`${url}/meta`);
    await fetch(`${url}/nothing`);

    const calls = await callsOf(url);

    expect(calls).toEqual([
      { method: "GET", path: "/meta", status: 200 },
      { method: "GET", path: "/nothing", status: 404 },
    ]);
  });
});

describe("the Bedrock stand-in", () => {
  const converse = (url: string, body: object) =>
    fetch(`${url}/model/eu.anthropic.claude%3A0/converse`, { method: "POST", body: JSON.stringify(body) });
  const messages = [{ role: "user", content: [{ text: "Review this." }] }];

  it("calls the offered tool with an input that the tool's schema allows", async () => {
    const url = await listen(bedrock());
    const json = {
      type: "object",
      required: ["verdict", "findings"],
      properties: { verdict: { enum: ["approve", "reject"] }, findings: { type: "array", items: { type: "string" } } },
    };

    const response = await converse(url, {
      messages,
      toolConfig: { tools: [{ toolSpec: { name: "report", inputSchema: { json } } }] },
    });

    expect(await response.json()).toMatchObject({
      stopReason: "tool_use",
      output: { message: { content: [{ toolUse: { name: "report", input: { verdict: "approve", findings: [] } } }] } },
      usage: { totalTokens: 1_280 },
    });
  });

  it("refuses a request without messages and a path that is not Converse", async () => {
    const url = await listen(bedrock());

    const empty = await converse(url, {});
    const other = await fetch(`${url}/model/x/invoke`, { method: "POST" });

    expect([empty.status, other.status]).toEqual([400, 404]);
  });

  it("does not guess a value for a schema it does not know", () => {
    expect(() => smallestInstance({ type: "object", required: ["x"], properties: { x: {} } })).toThrow(
      "cannot make a value",
    );
    expect(smallestInstance({ type: "array", minItems: 2, items: { type: "integer", minimum: 3 } })).toEqual([3, 3]);
  });
});
