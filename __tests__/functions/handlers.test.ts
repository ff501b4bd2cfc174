import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import type { HttpAnswer } from "../../functions/shared/problem";
import { reviewId } from "../../functions/shared/review-key";
import { fault, jsonBody, ok, textBody, type WireAnswer, type WireRequest } from "./support/fake-aws";
import { FakeTable } from "./support/fake-table";
import { httpEvent } from "./support/http-events";
import { listen } from "./support/loopback";
import { operations, promised } from "./support/openapi";

const commit = "0123456789abcdef0123456789abcdef01234567";
const subject = { repository: "example/platform", pullRequest: 7, commit };
const webhookKey = "canary-webhook-key";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const appKey = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

/** The world outside, as far as the six functions see it. */
const world = {
  reviews: new FakeTable(),
  deliveries: new FakeTable(),
  secrets: {} as Record<string, string>,
  queue: [] as string[],
  objects: new Map<string, string>(),
  comments: [] as string[],
  published: [] as string[],
  ipSets: { "id-4": ["192.30.252.0/22", "140.82.112.0/20"], "id-6": ["2606:50c0::/32"] } as Record<string, string[]>,
  down: false,
};

function answer(request: WireRequest): WireAnswer {
  const { method, path, headers } = request;
  const target = headers["x-amz-target"] ?? "";
  if (world.down) return fault("InternalServerError", {}, 500);
  if (target.startsWith("DynamoDB")) {
    return textBody(request).includes('"deliveries"')
      ? world.deliveries.answer(request)
      : world.reviews.answer(request);
  }
  if (target.startsWith("secretsmanager")) return secret(target, String(jsonBody(request).SecretId));
  if (target.startsWith("AmazonSQS")) {
    const text = String(jsonBody(request).MessageBody);
    world.queue.push(text);
    return ok({ MessageId: "m", MD5OfMessageBody: createHash("md5").update(text).digest("hex") });
  }
  if (target.startsWith("AWSWAF")) return ipSet(target, jsonBody(request));
  if (path.startsWith("/model/")) {
    const input = { summary: "Sets the limit.", findings: [{ path: "main.ts", severity: "low", comment: "Name it." }] };
    return ok({
      output: {
        message: { role: "assistant", content: [{ toolUse: { toolUseId: "1", name: "submit_review", input } }] },
      },
    });
  }
  if (path.startsWith("/artifacts")) {
    if (method === "PUT") world.objects.set(path, textBody(request));
    return { status: 200, body: method === "GET" ? (world.objects.get(path) ?? "") : "" };
  }
  return github(request);
}

function secret(target: string, arn: string): WireAnswer {
  const value = world.secrets[arn];
  if (target.endsWith("DescribeSecret"))
    return ok({ VersionIdsToStages: value === undefined ? {} : { v1: ["AWSCURRENT"] } });
  return value === undefined ? fault("ResourceNotFoundException") : ok({ SecretString: value, CreatedDate: 1 });
}

function ipSet(target: string, { Id, Addresses }: Record<string, unknown>): WireAnswer {
  if (target.endsWith("GetIPSet")) return ok({ IPSet: { Addresses: world.ipSets[String(Id)] }, LockToken: "token" });
  world.ipSets[String(Id)] = Addresses as string[];
  return ok({ NextLockToken: "next" });
}

function github(request: WireRequest): WireAnswer {
  const repository = "/repos/example/platform";
  switch (`${request.method} ${request.path}`) {
    case `GET ${repository}/installation`:
      return ok({ id: 5 });
    case "POST /app/installations/5/access_tokens":
      return ok({ token: "ghs_canary", expires_at: new Date(Date.now() + 3_600_000).toISOString() });
    case `GET ${repository}/pulls/7`:
      return ok({ base: { sha: "base" }, head: { sha: commit } });
    case `GET ${repository}/compare/base...${commit}`:
      return { status: 200, body: "diff --git a/main.ts b/main.ts\n+canary-diff\n" };
    case `POST ${repository}/issues/7/comments`:
      world.comments.push(String(jsonBody(request).body));
      return ok({ html_url: "https://github.test/comment/1" });
    case "GET /meta":
      return ok({ hooks: world.published });
    case "GET /jwks":
      return ok(keySet);
    default:
      return { status: 404, body: "{}" };
  }
}

/** Loaded on first use, when the environment is set: a handler reads it once, as its process begins. */
const load = {
  webhook: (): typeof import("../../functions/webhook/handler.js") => require("../../functions/webhook/handler"),
  reviewer: (): typeof import("../../functions/reviewer/handler.js") => require("../../functions/reviewer/handler"),
  reviewsApi: (): typeof import("../../functions/reviews-api/handler.js") =>
    require("../../functions/reviews-api/handler"),
  authorizer: (): typeof import("../../functions/authorizer/handler.js") =>
    require("../../functions/authorizer/handler"),
  syncGithubIps: (): typeof import("../../functions/sync-github-ips/handler.js") =>
    require("../../functions/sync-github-ips/handler"),
  probe: (): typeof import("../../functions/probe/handler.js") => require("../../functions/probe/handler"),
};

let keySet: object;
let server: Awaited<ReturnType<typeof listen>>;
const written: string[] = [];
const invocation = { awsRequestId: "invocation-1", getRemainingTimeInMillis: () => 900_000 };

beforeAll(async () => {
  keySet = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1" }] };
  server = await listen(answer);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    POWERTOOLS_DEV: "true",
    POWERTOOLS_METRICS_DISABLED: "false",
    POWERTOOLS_SERVICE_NAME: "test",
    POWERTOOLS_METRICS_NAMESPACE: "ReviewPlatform",
    POWERTOOLS_LOG_LEVEL: "DEBUG",
    DELIVERIES_TABLE: "deliveries",
    REVIEWS_TABLE: "reviews",
    ARTIFACTS_BUCKET: "artifacts",
    QUEUE_URL: `${server.url}/1/reviews`,
    GITHUB_WEBHOOK_SECRET_ARN: "arn:github",
    SPACELIFT_WEBHOOK_SECRET_ARN: "arn:spacelift",
    PREVIOUS_GRACE_SECONDS: "108000",
    KEY_REFRESH_SECONDS: "300",
    MISS_COOLDOWN_SECONDS: "5",
    GITHUB_API_BASE_URL: server.url,
    GITHUB_IPV4_SET_NAME: "github-v4",
    GITHUB_IPV4_SET_ID: "id-4",
    GITHUB_IPV6_SET_NAME: "github-v6",
    GITHUB_IPV6_SET_ID: "id-6",
    GITHUB_APP_ID: "12",
    GITHUB_APP_SECRET_ARN: "arn:app",
    MODEL_ID: "model-1",
    REVIEWS_MAX_PER_DAY: "500",
    IDENTITY_KIND: "oidc",
    TOKEN_ISSUER: "https://issuer.test",
    TOKEN_JWKS_URL: `${server.url}/jwks`,
    TOKEN_AUDIENCE: "platform",
    PROBED_TARGETS: "dynamodb,s3,bedrock,egress,entra",
  });
  for (const method of ["log", "debug", "info", "warn", "error"] as const) {
    jest
      .spyOn(console, method)
      .mockImplementation((...line: unknown[]) => void written.push(line.map(String).join(" ")));
  }
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

function delivery(size = 0) {
  const body = JSON.stringify({
    action: "opened",
    number: 7,
    pull_request: { head: { sha: commit }, body: "canary-body".padEnd(size, "x") },
    repository: { full_name: "Example/Platform" },
  });
  return httpEvent("POST /webhooks/github", {
    headers: [
      ["X-GitHub-Event", "pull_request"],
      ["X-Hub-Signature-256", `sha256=${createHmac("sha256", webhookKey).update(body).digest("hex")}`],
      ["X-GitHub-Encoded-Secret", "canary-header"],
    ],
    body,
  });
}

/** Each answer of a handler must be one that the document promises for its operation. */
function expectPromised(operationId: string, { statusCode, headers, body }: HttpAnswer): number {
  const operation = operations.find((one) => one.operation.operationId === operationId)?.operation;
  const contents = operation && promised(operation, statusCode);
  expect([operationId, statusCode, contents !== undefined]).toEqual([operationId, statusCode, true]);
  const valid = contents?.get(headers["content-type"] ?? "");
  expect(body === "" ? contents?.size : valid?.(JSON.parse(body))).toBe(body === "" ? 0 : true);
  return statusCode;
}

const messages = () => ({ Records: world.queue.splice(0).map((body, index) => ({ messageId: `m${index}`, body })) });

describe("the functions together", () => {
  it("refuse a delivery for now while no key is put, and take it afterwards", async () => {
    const { handler } = load.webhook();

    expect(expectPromised("receiveGithubEvent", await handler(delivery()))).toBe(503);

    world.secrets["arn:github"] = JSON.stringify({ v: 1, kind: "github-app-hook", target: {}, value: webhookKey });
    const later = Date.now() + 5000;
    const clock = jest.spyOn(Date, "now").mockImplementation(() => later);
    expect(expectPromised("receiveGithubEvent", await handler(delivery(200_000)))).toBe(202);
    clock.mockRestore();
    expect(world.queue).toHaveLength(1);
    expect([...world.objects.keys()]).toEqual([
      expect.stringMatching(/^\/artifacts\/deliveries\/github\/[0-9a-f]{64}\.json$/),
    ]);
  });

  it("leave the message in the queue while the App has no key, and review afterwards", async () => {
    const { handler } = load.reviewer();
    const event = messages();

    expect(await handler(event, invocation)).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
    expect(world.reviews.items.size).toBe(0);

    world.secrets["arn:app"] = JSON.stringify({ v: 1, kind: "github-app", target: {}, value: appKey });
    expect(await handler(event, invocation)).toEqual({ batchItemFailures: [] });
    expect(await handler(event, invocation)).toEqual({ batchItemFailures: [] });
    expect(world.comments).toEqual([expect.stringContaining("Sets the limit.")]);
  });

  it("keep a Spacelift run beside it", async () => {
    const reviewer = load.reviewer();
    const webhook = load.webhook();
    world.secrets["arn:spacelift"] = webhookKey;
    const body = JSON.stringify({
      state: "FINISHED",
      stateVersion: 4,
      timestamp: 1_767_225_600,
      run: {
        id: "01J",
        type: "TRACKED",
        commit: { hash: commit, url: `https://github.com/example/platform/commit/${commit}` },
      },
      stack: { id: "platform" },
    });
    const signature = `sha256=${createHmac("sha256", webhookKey).update(body).digest("hex")}`;
    const event = httpEvent("POST /webhooks/spacelift", { headers: [["X-Signature-256", signature]], body });

    expect(expectPromised("receiveSpaceliftEvent", await webhook.handler(event))).toBe(202);
    expect(await reviewer.handler(messages(), invocation)).toEqual({ batchItemFailures: [] });
    expect(world.comments).toHaveLength(1);
  });

  it("show the review with its run", async () => {
    const { handler } = load.reviewsApi();
    const one = httpEvent("GET /api/v1/reviews/{id}", { roles: "Reviews.Read", path: { id: reviewId(subject) } });
    const list = httpEvent("GET /api/v1/reviews", { roles: "Reviews.Read", query: { repository: "example/platform" } });

    const shown = await handler(one);

    expect(expectPromised("getReview", shown)).toBe(200);
    expect(JSON.parse(shown.body)).toMatchObject({ ...subject, status: "completed", runs: [{ state: "FINISHED" }] });
    expect(expectPromised("listReviews", await handler(list))).toBe(200);
  });

  it("let in whom the token names", async () => {
    const { handler } = load.authorizer();
    const token = await new SignJWT({ roles: ["Reviews.Read"] })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .setIssuer("https://issuer.test")
      .setAudience("platform")
      .setSubject("someone")
      .setExpirationTime("1h")
      .sign(privateKey);
    const methodArn = "arn:aws:execute-api:us-east-1:1:api/live/GET/api/v1/reviews";

    const answer = await handler({ authorizationToken: `Bearer ${token}`, methodArn }, invocation);

    expect(answer).toMatchObject({ principalId: "someone", context: { kind: "app", roles: "Reviews.Read" } });
    await expect(handler({ authorizationToken: "Bearer canary.canary.canary", methodArn }, invocation)).rejects.toThrow(
      "Unauthorized",
    );
  });

  it("find everything within reach, and say what is not", async () => {
    const { handler } = load.probe();
    const failed = () => written.filter((line) => line.includes('"ProbeFailed":1')).length;

    await handler({}, invocation);
    expect(failed()).toBe(0);

    world.down = true;
    await handler({}, invocation);
    world.down = false;
    expect(failed()).toBe(5);
  });
});

describe("the function that keeps GitHub's addresses", () => {
  it("brings the firewall's sets to what GitHub publishes", async () => {
    world.published = ["192.30.252.0/22", "140.82.112.0/20", "143.55.64.0/20", "2606:50c0::/32"];

    await load.syncGithubIps().handler({}, invocation);

    expect(world.ipSets).toEqual({
      "id-4": ["192.30.252.0/22", "140.82.112.0/20", "143.55.64.0/20"],
      "id-6": ["2606:50c0::/32"],
    });
  });

  it("fails, and leaves the sets, where it does not believe the answer or gets none", async () => {
    const { handler } = load.syncGithubIps();
    const before = structuredClone(world.ipSets);
    world.published = [];

    await expect(handler({}, invocation)).rejects.toThrow("GitHub's list of addresses is refused: no-list");
    world.down = true;
    await expect(handler({}, invocation)).rejects.toThrow("GitHub answered 500 to /meta.");

    world.down = false;
    expect(world.ipSets).toEqual(before);
    expect(written.filter((line) => line.includes('"GithubIpsRefused":1'))).toHaveLength(1);
    expect(written.filter((line) => line.includes("github-ips-not-synced"))).toHaveLength(2);
  });
});

describe("every answer", () => {
  const read = { roles: "Reviews.Read" };
  const id = { id: reviewId(subject) };

  it.each([
    [400, "submitReview", httpEvent("POST /api/v1/reviews", { roles: "Reviews.Submit", body: "{}" })],
    [403, "submitReview", httpEvent("POST /api/v1/reviews", { ...read, body: "{}" })],
    [
      202,
      "submitReview",
      httpEvent("POST /api/v1/reviews", { roles: "Reviews.Submit", body: '{"repository":"a/b","pullRequest":1}' }),
    ],
    [401, "receiveGithubEvent", httpEvent("POST /webhooks/github", { body: "{}" })],
    [401, "receiveSpaceliftEvent", httpEvent("POST /webhooks/spacelift", { body: "{}" })],
    [400, "listReviews", httpEvent("GET /api/v1/reviews", read)],
    [403, "listReviews", httpEvent("GET /api/v1/reviews", { roles: "Reviews.Submit" })],
    [400, "getReview", httpEvent("GET /api/v1/reviews/{id}", { ...read, path: { id: "nonsense" } })],
    [
      404,
      "getReview",
      httpEvent("GET /api/v1/reviews/{id}", { ...read, path: { id: reviewId({ ...subject, pullRequest: 8 }) } }),
    ],
    [403, "deleteReview", httpEvent("DELETE /api/v1/reviews/{id}", { ...read, path: id })],
    [204, "deleteReview", httpEvent("DELETE /api/v1/reviews/{id}", { roles: "Platform.Admin", path: id })],
    [404, "deleteReview", httpEvent("DELETE /api/v1/reviews/{id}", { roles: "Platform.Admin", path: id })],
    [400, "deleteReview", httpEvent("DELETE /api/v1/reviews/{id}", { roles: "Platform.Admin", path: { id: "x" } })],
    [200, "getHealth", httpEvent("GET /health")],
  ])("%i of %s is as documented", async (status, operationId, event) => {
    const { handler } = event.httpMethod === "POST" ? load.webhook() : load.reviewsApi();

    expect(expectPromised(operationId, await handler(event))).toBe(status);
  });

  it.each([
    [
      503,
      "submitReview",
      httpEvent("POST /api/v1/reviews", { roles: "Reviews.Submit", body: '{"repository":"a/b","pullRequest":2}' }),
    ],
    [500, "listReviews", httpEvent("GET /api/v1/reviews", { ...read, query: { repository: "a/b" } })],
    [500, "getReview", httpEvent("GET /api/v1/reviews/{id}", { ...read, path: id })],
    [500, "deleteReview", httpEvent("DELETE /api/v1/reviews/{id}", { roles: "Platform.Admin", path: id })],
  ])("%i of %s, while AWS is down, is as documented", async (status, operationId, event) => {
    const { handler } = event.httpMethod === "POST" ? load.webhook() : load.reviewsApi();
    world.down = true;

    const given = await handler(event);

    world.down = false;
    expect(expectPromised(operationId, given)).toBe(status);
  });
});

it("nothing written to the log holds a key, a token, a header, a body or a diff", () => {
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter((line) => /canary|sha256=|BEGIN RSA|Bearer/.test(line))).toEqual([]);
});
