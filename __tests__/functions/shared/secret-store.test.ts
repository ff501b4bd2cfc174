import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { currentSecretString, secretReader } from "../../../functions/shared/secret-store";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer } from "../support/fake-aws";

function store(answer: WireAnswer) {
  const calls: unknown[] = [];
  const client = new SecretsManagerClient(
    answeredBy((request) => {
      calls.push({ operation: operationOf(request), ...jsonBody(request) });
      return answer;
    }),
  );
  return { calls, client, reader: secretReader(client, "arn:one") };
}

describe("a secret", () => {
  it("is described by the labels of its versions and its last change", async () => {
    const { calls, reader } = store(ok({ VersionIdsToStages: { v1: ["AWSCURRENT"] }, LastChangedDate: 1_767_225_600 }));

    expect(await reader.describe()).toEqual({
      stages: { v1: ["AWSCURRENT"] },
      lastChangedAt: new Date("2026-01-01T00:00:00Z"),
    });
    expect(calls).toEqual([{ operation: "DescribeSecret", SecretId: "arn:one" }]);
  });

  it("without any version has no labels", async () => {
    expect(await store(ok({})).reader.describe()).toEqual({ stages: {} });
  });

  it("is read by version id, which names one value for ever", async () => {
    const { calls, reader } = store(ok({ SecretString: "s", CreatedDate: 1_767_225_600 }));

    expect(await reader.get("v1")).toEqual({ secretString: "s", createdAt: new Date("2026-01-01T00:00:00Z") });
    expect(calls).toEqual([{ operation: "GetSecretValue", SecretId: "arn:one", VersionId: "v1" }]);
  });

  it.each([
    ["has no value yet", fault("ResourceNotFoundException")],
    ["is binary", ok({ SecretBinary: "AA==", CreatedDate: 1_767_225_600 })],
  ])("whose version %s has no string", async (_what, answer) => {
    expect(await store(answer).reader.get("v1")).toBeUndefined();
    expect(await currentSecretString(store(answer).client, "arn:one")).toBeUndefined();
  });

  it.each(["ThrottlingException", "DecryptionFailure", "AccessDeniedException"])(
    "that answers %s is not taken for absent",
    async (name) => {
      await expect(store(fault(name)).reader.get("v1")).rejects.toMatchObject({ name });
      await expect(store(fault(name)).reader.describe()).rejects.toMatchObject({ name });
    },
  );

  it("gives its current string without naming a version", async () => {
    const { calls, client } = store(ok({ SecretString: "s", CreatedDate: 1 }));

    expect(await currentSecretString(client, "arn:one")).toBe("s");
    expect(calls).toEqual([{ operation: "GetSecretValue", SecretId: "arn:one" }]);
  });
});
