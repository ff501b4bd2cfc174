import { generateKeyPairSync } from "node:crypto";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { GithubError, githubApi } from "../../../functions/shared/github";
import { installationTokens, NoAppKey } from "../../../functions/shared/github-app";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const now = new Date("2026-03-02T12:00:00Z");

/** GitHub behind `fetch`: answers by path, and keeps what was asked. */
function github(answers: Readonly<Record<string, [status: number, body: unknown]>>) {
  const requests: { path: string; headers: Headers; body: unknown }[] = [];
  const fetcher = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(String(url));
    const path = `${init.method} ${pathname}${search}`;
    requests.push({ path, headers: new Headers(init.headers), body: init.body && JSON.parse(String(init.body)) });
    const [status, body] = answers[path] ?? [404, {}];
    return new Response(JSON.stringify(body), { status });
  };
  return { requests, api: githubApi("https://github.test/api/v3/", fetcher) };
}

describe("the GitHub API", () => {
  it("is asked below its base address, with a version and a user agent", async () => {
    const { requests, api } = github({ "GET /api/v3/zen": [200, "ok"] });

    await api({ method: "GET", path: "/zen", token: "t" });

    expect(requests[0]?.path).toBe("GET /api/v3/zen");
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: "application/vnd.github+json",
      authorization: "Bearer t",
      "user-agent": "review-platform",
      "x-github-api-version": "2022-11-28",
    });
  });

  it("that refuses throws its status, and not the token", async () => {
    const { api } = github({});

    const error = await api({ method: "POST", path: "/x", token: "canary", body: {} }).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toBeInstanceOf(GithubError);
    expect(error).toMatchObject({ status: 404, message: "GitHub answered 404 to /x." });
  });
});

describe("a token of the App", () => {
  const tokenPath = "POST /api/v3/app/installations/5/access_tokens";
  const expiresAt = new Date(now.getTime() + 3_600_000).toISOString();
  const installed = {
    "GET /api/v3/repos/example/platform/installation": [200, { id: 5 }],
    [tokenPath]: [201, { token: "ghs_1", expires_at: expiresAt }],
  } satisfies Record<string, [number, unknown]>;

  function app(key: string | undefined = pem, clock = { now }) {
    const { requests, api } = github(installed);
    const token = installationTokens({ api, appId: "12", privateKey: async () => key, clock: () => clock.now });
    return { requests, token, clock };
  }

  it("is asked for with a JWT that GitHub accepts, for one repository and with the least rights", async () => {
    const { requests, token } = app();

    expect(await token("example/platform", 5)).toBe("ghs_1");

    const [request] = requests;
    expect(requests).toHaveLength(1);
    expect(request?.body).toEqual({
      repositories: ["platform"],
      permissions: { contents: "read", pull_requests: "write" },
    });
    const jwt = request?.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    const { payload } = await jwtVerify(jwt, publicKey, { issuer: "12", currentDate: now });
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: "RS256" });
    expect(payload).toEqual({ iss: "12", iat: now.getTime() / 1000 - 60, exp: now.getTime() / 1000 + 540 });
  });

  it("finds the installation where the event does not name it", async () => {
    const { requests, token } = app();

    await token("example/platform");

    expect(requests.map(({ path }) => path)).toEqual(["GET /api/v3/repos/example/platform/installation", tokenPath]);
  });

  it("is kept until its last ten minutes", async () => {
    const clock = { now };
    const { requests, token } = app(pem, clock);
    await token("example/platform", 5);

    clock.now = new Date(now.getTime() + 50 * 60_000 - 1);
    await token("example/platform", 5);
    expect(requests).toHaveLength(1);

    clock.now = new Date(now.getTime() + 50 * 60_000);
    await token("example/platform", 5);
    expect(requests).toHaveLength(2);
  });

  it("cannot be had while the secret holds no key", async () => {
    const { api } = github(installed);
    const token = installationTokens({ api, appId: "12", privateKey: async () => undefined, clock: () => now });

    await expect(token("example/platform")).rejects.toBeInstanceOf(NoAppKey);
  });
});
