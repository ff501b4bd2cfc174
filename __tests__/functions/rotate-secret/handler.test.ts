import { fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";
import { fetchFrom, newSides } from "../support/fake-sides";
import { listen } from "../support/loopback";
import { appKey, targets } from "../support/strategy-of";

const token = "0123456789abcdef0123456789abcdef";
const kinds = Object.keys(targets) as (keyof typeof targets)[];
const arnOf = (kind: string) => `arn:${kind}`;

/** The world outside; every secret thing in it has `canary` in its text. */
const world = {
  ...newSides(),
  values: new Map<string, string>(),
  stages: {} as Record<string, string[]>,
  down: false,
};

function aws(request: WireRequest): WireAnswer {
  if (world.down) return fault("InternalServiceError", { message: "canary-error-body" }, 500);
  const operation = operationOf(request);
  const body = request.body === "" || request.method === "GET" ? {} : jsonBody(request);
  if (operation === "DescribeSecret") return ok({ VersionIdsToStages: world.stages, RotationEnabled: true });
  if (operation === "GetSecretValue") {
    const value = world.values.get(String(body.SecretId));
    return value === undefined ? fault("ResourceNotFoundException") : ok({ SecretString: value, CreatedDate: 1 });
  }
  if (operation === "PutSecretValue") world.values.set(String(body.SecretId), String(body.SecretString));
  if (operation !== "") return ok({});
  if (request.method === "GET") return ok({ item: [] });
  return ok({ id: "key-id", value: body.value });
}

let server: Awaited<ReturnType<typeof listen>>;
const written: string[] = [];
/** The time left does not shrink here: as little as this leaves none for a second question. */
const almostOver = 10_500;
/** Loaded on first use, when the environment is set. */
const load = (): typeof import("../../../functions/rotate-secret/handler.js") =>
  require("../../../functions/rotate-secret/handler");

beforeAll(async () => {
  server = await listen(aws);
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "canary-aws-key",
    AWS_ENDPOINT_URL: server.url,
    POWERTOOLS_DEV: "true",
    POWERTOOLS_METRICS_DISABLED: "false",
    POWERTOOLS_SERVICE_NAME: "test",
    POWERTOOLS_METRICS_NAMESPACE: "ReviewPlatform",
    POWERTOOLS_LOG_LEVEL: "DEBUG",
    REGISTRY: JSON.stringify(
      kinds.map((kind) => ({
        secretArn: arnOf(kind),
        maxAgeDays: 32,
        name: kind,
        kind,
        target: targets[kind],
        credentialSecretArn: `arn:credential-of-${kind}`,
      })),
    ),
    SETTLE_SECONDS: "0",
    MIN_INTERVAL_SECONDS: "0",
    GITHUB_API_BASE_URL: "https://github.test",
    GITHUB_APP_ID: "12",
  });
  jest.spyOn(globalThis, "fetch").mockImplementation(fetchFrom(() => world));
  for (const method of ["log", "debug", "info", "warn", "error"] as const) {
    jest
      .spyOn(console, method)
      .mockImplementation((...line: unknown[]) => void written.push(line.map(String).join(" ")));
  }
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, "write").mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  }
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

beforeEach(() => {
  Object.assign(world, newSides());
  world.down = false;
  world.values.clear();
  world.stages = { [token]: ["AWSPENDING"] };
  for (const kind of kinds) {
    world.values.set(`arn:credential-of-${kind}`, kind.startsWith("github") ? appKey : "canary-credential");
  }
  written.length = 0;
});

function step(kind: string, Step: string, remainingMs = almostOver) {
  const event = { Step, SecretId: arnOf(kind), ClientRequestToken: token, RotationToken: "canary-rotation-token" };
  return load().handler(event, { awsRequestId: "invocation-1", getRemainingTimeInMillis: () => remainingMs });
}

/** What the runtime writes of an error that a handler throws. */
async function thrown(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error("The call did not fail.");
  return JSON.stringify({ ...error, name: error.name, message: error.message, stack: error.stack });
}

function expectNothingSecret(more = "") {
  const text = written.join("\n") + more;
  const keyLine = appKey.split("\n").at(3) ?? appKey;
  const secrets = ["canary", keyLine, ...[...world.values.values()].map(keyOf), world.hooks.config.secret];
  for (const secret of secrets.filter((each) => each !== "old")) expect(text).not.toContain(secret);
}
const keyOf = (secretString: string): string =>
  secretString.startsWith("{") ? String(JSON.parse(secretString).value) : secretString;

describe.each(kinds)("a rotation of %s", (kind) => {
  it("goes through, and its log has its fields and nothing secret", async () => {
    expect(await step(kind, "createSecret")).toEqual({ outcome: "rotated" });
    await step(kind, "setSecret");
    world.stages = { [token]: ["AWSPENDING", "LIVE"] };
    await step(kind, "testSecret", 60_000);
    await step(kind, "finishSecret");

    const lines = written.filter((line) => line.includes('"rotation-step"')).map((line) => JSON.parse(line));
    expect(lines.map((line) => line.step)).toEqual(["createSecret", "setSecret", "testSecret", "finishSecret"]);
    const fields = new Set(lines.flatMap((line) => Object.keys(line)));
    for (const own of ["level", "message", "timestamp", "service", "sampling_rate", "correlation_id"])
      fields.delete(own);
    expect([...fields].sort()).toEqual([
      "durationMs",
      "labelMoves",
      "outcome",
      "secretName",
      "step",
      "strategy",
      "versionId",
    ]);
    expect(JSON.parse(world.values.get(arnOf(kind)) ?? "")).toMatchObject({ v: 1, kind, target: targets[kind] });
    expectNothingSecret();
  }, 20_000);

  it("that fails everywhere says so by name alone", async () => {
    for (const { http } of [world.hooks, world.spacelift, world.entra]) http.fault = () => 403;
    world.canaryRoute.status = 403;
    const failures: string[] = [];
    const collect = async (call: Promise<unknown>) => void failures.push(await thrown(call));

    world.values.set(arnOf(kind), "canary-value");
    world.stages = { [token]: ["AWSPENDING", "LIVE"] };
    if (!["generic-random", "spacelift-named-webhook"].includes(kind)) await collect(step(kind, "testSecret"));
    world.stages = { other: ["LIVE"] };
    await collect(step(kind, "setSecret"));
    world.stages = { [token]: ["AWSPENDING"] };
    world.down = true;
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret", "canarySecret"]) {
      await collect(step(kind, name));
    }

    expect(written.filter((line) => line.includes('"RotationStepFailed":1')).length).toBeGreaterThanOrEqual(4);
    expectNothingSecret(failures.join("\n"));
  }, 30_000);
});

describe("a rotation", () => {
  it("without its credential fails by name", async () => {
    world.values.delete("arn:credential-of-spacelift-named-webhook");
    await step("spacelift-named-webhook", "createSecret");

    expect(await thrown(step("spacelift-named-webhook", "setSecret"))).toContain("SenderError:no-credential");
    expect(world.spacelift.secret).toBe("old");
  });

  it("finds its credential in an envelope as well", async () => {
    const envelope = { v: 1, kind: "spacelift-api-key", target: {}, value: "canary-credential" };
    world.values.set("arn:credential-of-spacelift-named-webhook", JSON.stringify(envelope));
    await step("spacelift-named-webhook", "createSecret");

    await step("spacelift-named-webhook", "setSecret");

    expect(world.spacelift.secret).toMatch(/^[0-9a-f]{64}$/);
  });
});
