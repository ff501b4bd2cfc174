import { jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";
import { listen } from "../support/loopback";

jest.mock("node:timers/promises", () => ({ setTimeout: async () => undefined }));

/** Loaded when the environment is set: a handler reads it once, as its process begins. */
const load = (): typeof import("../../../functions/credential-sweeper/handler.js") =>
  require("../../../functions/credential-sweeper/handler");

const id = (version: number) => `00000000-0000-4000-8000-00000000000${version}`;
const written: string[] = [];
const asked: string[] = [];
let server: Awaited<ReturnType<typeof listen>>;

function answer(request: WireRequest): WireAnswer {
  const operation = operationOf(request);
  asked.push(operation ? `${operation} ${jsonBody(request).SecretId}` : `${request.method} ${request.path}`);
  if (operation === "GetSecretValue") return ok({ SecretString: "canary-admin-secret", CreatedDate: 1 });
  if (operation === "DescribeSecret")
    return ok({ VersionIdsToStages: { [id(1)]: ["AWSPREVIOUS"], [id(2)]: ["AWSCURRENT", "LIVE"] } });
  if (operation === "ListSecretVersionIds")
    return ok({ Versions: [0, 1, 2].map((version) => ({ VersionId: id(version), CreatedDate: 1000 + version })) });
  const tags = { "rotation:secret": "billing" };
  return ok({
    item: [1, 2].map((version) => ({ id: `k${version}`, name: `billing-${id(version)}`, enabled: true, tags })),
  });
}

/** Entra ID and Graph, whose addresses are not ours to choose. */
async function entra(url: unknown, init?: RequestInit): Promise<Response> {
  const { host, pathname } = new URL(String(url));
  asked.push(`${init?.method} ${host}${pathname}${pathname.endsWith("removePassword") ? ` ${init?.body}` : ""}`);
  if (host.startsWith("login")) return Response.json({ access_token: "canary-token" });
  const passwordCredentials = [0, 1, 2].map((version) => ({
    keyId: `p${version}`,
    displayName: id(version),
    endDateTime: "2027-01-01T00:00:00Z",
  }));
  return Response.json({ passwordCredentials });
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
    PREVIOUS_GRACE_SECONDS: "108000",
    REGISTRY: JSON.stringify([
      { secretArn: "arn:billing", name: "billing", kind: "apigw-key", target: { usagePlanId: "plan", canaryUrl: "x" } },
      {
        secretArn: "arn:graph",
        name: "graph",
        kind: "entra-client-secret",
        target: { tenantId: "t", applicationObjectId: "o", clientId: "c", adminClientId: "a" },
        credentialSecretArn: "arn:admin",
      },
    ]),
  });
  jest.spyOn(globalThis, "fetch").mockImplementation(entra);
  for (const method of ["log", "debug", "info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((...line) => void written.push(line.map(String).join(" ")));
  }
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

it("the sweeper retires keys of both kinds, and reads no secret but the one it works with", async () => {
  await load().handler({}, { awsRequestId: "invocation-1" });

  expect(asked).toEqual([
    "GET /apikeys",
    "GetSecretValue arn:admin",
    "POST login.microsoftonline.com/t/oauth2/v2.0/token",
    "GET graph.microsoft.com/v1.0/applications/o",
    "DescribeSecret arn:billing",
    "ListSecretVersionIds arn:billing",
    "PATCH /apikeys/k1",
    "DescribeSecret arn:graph",
    "ListSecretVersionIds arn:graph",
    'POST graph.microsoft.com/v1.0/applications/o/removePassword {"keyId":"p0"}',
  ]);
  expect(written.filter((line) => line.includes('"CredentialStillUsed":0'))).toHaveLength(2);
  expect(written.join("\n")).not.toContain("canary");
});
