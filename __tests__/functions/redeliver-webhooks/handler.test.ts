import { generateKeyPairSync } from "node:crypto";
import { ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";
import { listen } from "../support/loopback";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const appKey = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const repoHook = { kind: "github-repo-hook", repository: "example/platform", hookId: 7 };
const written: string[] = [];
const asked: string[] = [];
let server: Awaited<ReturnType<typeof listen>>;

function answer(request: WireRequest): WireAnswer {
  const { method, path } = request;
  asked.push(operationOf(request) || `${method} ${path}`);
  if (operationOf(request) === "GetSecretValue") return ok({ SecretString: appKey, CreatedDate: 1 });
  if (path.endsWith("/installation")) return ok({ id: 5 });
  if (path.endsWith("/access_tokens")) return ok({ token: "canary-token" });
  if (method === "POST") return { status: 202, body: "{}" };
  const missed = { event: "push", status: "timed out", status_code: 0 };
  return ok([{ id: 3, guid: "a", delivered_at: new Date(Date.now() - 600_000).toISOString(), ...missed }]);
}

/** The handler as a new process loads it, for this hook. */
function load(hook: object, more: Readonly<Record<string, string>> = {}) {
  Object.assign(process.env, { HOOK: JSON.stringify(hook), LOOKBACK_SECONDS: "86400" }, more);
  jest.resetModules();
  const loaded: typeof import("../../../functions/redeliver-webhooks/handler.js") = require("../../../functions/redeliver-webhooks/handler");
  return loaded.handler;
}

beforeAll(async () => {
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
    GITHUB_API_BASE_URL: server.url,
    GITHUB_APP_ID: "12",
    GITHUB_APP_SECRET_ARN: "arn:app",
  });
  for (const method of ["log", "debug", "info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((...line) => void written.push(line.map(String).join(" ")));
  }
});

beforeEach(() => void asked.splice(0));

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

it("what the App's own hook has missed is asked for again, in the App's name", async () => {
  await load({ kind: "github-app-hook" })({}, { awsRequestId: "invocation-1" });

  expect(asked).toEqual(["GetSecretValue", "GET /app/hook/deliveries", "POST /app/hook/deliveries/3/attempts"]);
});

it("what a repository's hook has missed is asked for again, in the name of the installation there", async () => {
  await load(repoHook)({}, { awsRequestId: "invocation-1" });

  expect(asked).toEqual([
    "GetSecretValue",
    "GET /repos/example/platform/installation",
    "POST /app/installations/5/access_tokens",
    "GET /repos/example/platform/hooks/7/deliveries",
    "POST /repos/example/platform/hooks/7/deliveries/3/attempts",
  ]);
});

it("a look-back beyond what GitHub redelivers is refused", () => {
  expect(() => load(repoHook, { LOOKBACK_SECONDS: "259201" })).toThrow(
    "LOOKBACK_SECONDS is 259201. It must be at most 259200.",
  );
});

it("nothing written to the log holds a key or a token", () => {
  expect(written.filter((line) => line.includes('"Redelivered":1'))).toHaveLength(2);
  expect(written.filter((line) => /canary|BEGIN RSA|Bearer/.test(line))).toEqual([]);
});
