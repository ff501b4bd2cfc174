import { jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";
import { listen } from "../support/loopback";

/** Loaded when the environment is set: a handler reads it once, as its process begins. */
const load = (): typeof import("../../../functions/rotation-auditor/handler.js") =>
  require("../../../functions/rotation-auditor/handler");

const written: string[] = [];
const asked: string[] = [];
const invocation = { awsRequestId: "invocation-1" };
let server: Awaited<ReturnType<typeof listen>>;

function answer(request: WireRequest): WireAnswer {
  if (request.path.endsWith("/invocations")) {
    asked.push(`invoke ${request.path.split("/").at(-2)} ${jsonBody(request).action}`);
    return ok({ outcome: "adopted" });
  }
  asked.push(`${operationOf(request)} ${jsonBody(request).SecretId ?? ""}`.trim());
  if (operationOf(request) === "DescribeSecret" && jsonBody(request).SecretId === "arn:found")
    return ok({ RotationEnabled: true, VersionIdsToStages: { v1: ["AWSCURRENT"] } });
  if (operationOf(request) === "DescribeSecret") return ok({ RotationEnabled: true });
  return ok({ SecretString: "canary" });
}

beforeAll(async () => {
  server = await listen(answer);
  const rotated = { kind: "github-app-hook", rotatorName: "rotate-github", maxAgeDays: 32 };
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
    REGISTRY: JSON.stringify([
      { ...rotated, secretArn: "arn:new", name: "spacelift-webhook" },
      { ...rotated, secretArn: "arn:found", name: "github-webhook", source: "github" },
    ]),
  });
  for (const method of ["log", "debug", "info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((...line) => void written.push(line.map(String).join(" ")));
  }
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

it.each([undefined, null, {}, { mode: "Rotate" }, { mode: "" }, "check"])(
  "the auditor refuses the event %j, and says which it takes",
  async (event) => {
    await expect(load().handler(event, invocation)).rejects.toThrow(
      'The event is {"mode": "rotate"} or {"mode": "check"}; this one is neither.',
    );
    expect(asked).toEqual([]);
  },
);

it("the auditor makes a first value, adopts what was there, and reads no secret", async () => {
  await load().handler({ mode: "check", more: "ignored" }, invocation);

  expect(asked.filter((each) => each.startsWith("GetItem"))).toHaveLength(1);
  expect([...asked].sort()).toEqual([
    "DescribeSecret arn:found",
    "DescribeSecret arn:new",
    "GetItem",
    "ListSecretVersionIds arn:found",
    "ListSecretVersionIds arn:new",
    "RotateSecret arn:new",
    "invoke rotate-github adopt",
  ]);
  expect(written.filter((line) => line.includes('"Secret":"github-webhook"'))).toHaveLength(1);
  expect(written.join("\n")).not.toContain("canary");
});
