import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { awsPorts } from "../../../functions/rotation-auditor/aws-ports";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "../support/fake-aws";

function ports(answer: (request: WireRequest) => WireAnswer) {
  const requests: WireRequest[] = [];
  const settings = answeredBy((request) => {
    requests.push(request);
    return answer(request);
  });
  const made = awsPorts({
    secrets: new SecretsManagerClient(settings),
    lambda: new LambdaClient(settings),
    table: DynamoDBDocumentClient.from(new DynamoDBClient(settings)),
    deliveriesTable: "deliveries",
  });
  return { requests, ...made };
}

describe("a secret's metadata", () => {
  it("joins labels and dates over all pages, with what has no label or no date, and asks for no value", async () => {
    const { metadata, requests } = ports((request) => {
      if (operationOf(request) === "DescribeSecret")
        return ok({
          RotationEnabled: true,
          CreatedDate: 1000,
          LastChangedDate: 4000,
          LastRotatedDate: 3000,
          VersionIdsToStages: { v2: ["AWSCURRENT", "LIVE"], v3: ["AWSPENDING"] },
        });
      if (jsonBody(request).NextToken === "more")
        return ok({ Versions: [{ VersionId: "v2", CreatedDate: 2500, VersionStages: ["AWSCURRENT"] }] });
      return ok({ Versions: [{ VersionId: "v1", CreatedDate: 2000 }], NextToken: "more" });
    });

    expect(await metadata("arn:a")).toEqual({
      versions: [
        { versionId: "v2", labels: ["AWSCURRENT", "LIVE"], createdAt: new Date(2_500_000) },
        { versionId: "v3", labels: ["AWSPENDING"] },
        { versionId: "v1", labels: [], createdAt: new Date(2_000_000) },
      ],
      rotationEnabled: true,
      createdAt: new Date(1_000_000),
      lastChangedAt: new Date(4_000_000),
      lastRotatedAt: new Date(3_000_000),
    });
    expect(requests.map(operationOf)).toEqual(["DescribeSecret", "ListSecretVersionIds", "ListSecretVersionIds"]);
    expect(requests.slice(1).map(jsonBody)).toEqual([
      { SecretId: "arn:a", IncludeDeprecated: true, MaxResults: 100 },
      { SecretId: "arn:a", IncludeDeprecated: true, MaxResults: 100, NextToken: "more" },
    ]);
  });

  it("of a new container is empty, with rotation off", async () => {
    expect(await ports(() => ok({})).metadata("arn:a")).toEqual({ versions: [], rotationEnabled: false });
  });
});

describe("the key that was seen last", () => {
  it("is read from the deliveries' table", async () => {
    const Item = { pk: { S: "K#github" }, sk: { S: "#" }, versionId: { S: "v1" }, at: { N: "1700000000" } };
    const { keySeen, requests } = ports(() => ok({ Item }));

    expect(await keySeen("github")).toEqual({ versionId: "v1", at: new Date(1_700_000_000_000) });
    expect(requests.map(operationOf)).toEqual(["GetItem"]);
    expect(requests.map(jsonBody)).toEqual([
      expect.objectContaining({ TableName: "deliveries", Key: { pk: { S: "K#github" }, sk: { S: "#" } } }),
    ]);
  });

  it("may be none yet", async () => {
    expect(await ports(() => ok({})).keySeen("spacelift")).toBeUndefined();
  });
});

describe("a rotation", () => {
  const token = "2ed6657d-e927-568b-95e1-2665a8aea6a2";

  it("is asked for at once, under the token", async () => {
    const { rotate, requests } = ports(() => ok({}));

    expect(await rotate("arn:a", token)).toBe("started");
    expect(requests.map(operationOf)).toEqual(["RotateSecret"]);
    expect(requests.map(jsonBody)).toEqual([{ SecretId: "arn:a", ClientRequestToken: token, RotateImmediately: true }]);
  });

  it.each(["isn't", "isn’t"])("before it that %s complete is driven on instead", async (word) => {
    const message = `A previous rotation ${word} complete. That rotation will be reattempted.`;

    expect(await ports(() => fault("InvalidRequestException", { message })).rotate("arn:a", token)).toBe("in-progress");
  });

  it.each([
    ["InvalidRequestException", "No Lambda rotation function ARN is associated with this secret."],
    ["AccessDeniedException", "Secrets Manager cannot invoke the specified Lambda function."],
    ["ThrottlingException", "A previous rotation isn't complete."],
  ])("that is refused otherwise is an error: %s", async (name, message) => {
    await expect(ports(() => fault(name, { message })).rotate("arn:a", token)).rejects.toMatchObject({ name });
  });
});

describe("the rotator", () => {
  const request = { SecretId: "arn:a", action: "adopt", confirmed: true } as const;

  it("is asked by name, and waited for", async () => {
    const { invoke, requests } = ports(() => ok({ outcome: "adopted" }));

    expect(await invoke("rotate-github", request)).toBe("done");
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /2015-03-31/functions/rotate-github/invocations",
    ]);
    expect(requests.map(jsonBody)).toEqual([request]);
    expect(requests[0]?.headers["x-amz-invocation-type"]).toBe("RequestResponse");
  });

  it("that throws has refused", async () => {
    const settings = answeredBy(() => ok({ errorType: "RotationError:not-adopted" }));
    const handle = async (wire: WireRequest) => {
      const { response } = await settings.requestHandler.handle(wire);
      return { response: { ...response, headers: { ...response.headers, "x-amz-function-error": "Unhandled" } } };
    };
    const lambda = new LambdaClient({ ...settings, requestHandler: { handle } });
    const rest = { secrets: new SecretsManagerClient(settings), deliveriesTable: "deliveries" };
    const table = DynamoDBDocumentClient.from(new DynamoDBClient(settings));

    expect(await awsPorts({ ...rest, lambda, table }).invoke("rotate-github", request)).toBe("refused");
  });
});
