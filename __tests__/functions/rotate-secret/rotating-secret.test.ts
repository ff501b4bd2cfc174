import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { rotatingSecret } from "../../../functions/rotate-secret/rotating-secret";
import { answeredBy, fault, jsonBody, ok, operationOf, type WireAnswer } from "../support/fake-aws";

function secretThat(answer: WireAnswer) {
  const calls: unknown[] = [];
  const client = new SecretsManagerClient(
    answeredBy((request) => {
      calls.push({ operation: operationOf(request), ...jsonBody(request) });
      return answer;
    }),
  );
  return { calls, secret: rotatingSecret(client, "arn:one") };
}

describe("a secret under rotation", () => {
  it("is described by its labels, its rotation and its tags", async () => {
    const { calls, secret } = secretThat(
      ok({
        VersionIdsToStages: { v1: ["AWSCURRENT", "LIVE"] },
        LastChangedDate: 1_767_225_600,
        LastRotatedDate: 1_767_139_200,
        RotationEnabled: true,
        Tags: [{ Key: "rotation:force", Value: "v2" }],
      }),
    );

    expect(await secret.describe()).toEqual({
      stages: { v1: ["AWSCURRENT", "LIVE"] },
      lastChangedAt: new Date("2026-01-01T00:00:00Z"),
      lastRotatedAt: new Date("2025-12-31T00:00:00Z"),
      rotationEnabled: true,
      tags: { "rotation:force": "v2" },
    });
    expect(calls).toEqual([{ operation: "DescribeSecret", SecretId: "arn:one" }]);
  });

  it("that is empty and was never rotated has rotation off", async () => {
    expect(await secretThat(ok({})).secret.describe()).toEqual({ stages: {}, rotationEnabled: false, tags: {} });
  });

  it("is read by version, and a version without a value is absent", async () => {
    const { calls, secret } = secretThat(ok({ SecretString: "s", CreatedDate: 1_767_225_600 }));

    expect(await secret.get("v1")).toEqual({ secretString: "s", createdAt: new Date("2026-01-01T00:00:00Z") });
    expect(calls).toEqual([{ operation: "GetSecretValue", SecretId: "arn:one", VersionId: "v1" }]);
    expect(await secretThat(fault("ResourceNotFoundException")).secret.get("v1")).toBeUndefined();
  });

  it("takes a new value under AWSPENDING and under the rotation's own token", async () => {
    const { calls, secret } = secretThat(ok({}));

    expect(await secret.put("v2", "s", "rotation-token")).toBe("stored");
    expect(await secret.put("v2", "s")).toBe("stored");

    const written = {
      operation: "PutSecretValue",
      SecretId: "arn:one",
      ClientRequestToken: "v2",
      SecretString: "s",
      VersionStages: ["AWSPENDING"],
    };
    expect(calls).toEqual([{ ...written, RotationToken: "rotation-token" }, written]);
  });

  it("keeps the value that a version has already", async () => {
    expect(await secretThat(fault("ResourceExistsException")).secret.put("v2", "s")).toBe("exists");
  });

  it("moves and attaches a label naming where it was", async () => {
    const { calls, secret } = secretThat(ok({}));

    expect(await secret.move("LIVE", { to: "v2", from: "v1" })).toBe("moved");
    expect(await secret.move("APPLYING", { to: "v2" })).toBe("moved");

    const move = { operation: "UpdateSecretVersionStage", SecretId: "arn:one" };
    expect(calls).toEqual([
      { ...move, VersionStage: "LIVE", MoveToVersionId: "v2", RemoveFromVersionId: "v1" },
      { ...move, VersionStage: "APPLYING", MoveToVersionId: "v2" },
    ]);
  });

  it("says of a label that was elsewhere that it is lost", async () => {
    expect(await secretThat(fault("InvalidParameterException")).secret.move("LIVE", { to: "v2" })).toBe("lost");
  });

  it.each(["ThrottlingException", "AccessDeniedException", "InternalServiceError", "InvalidRequestException"])(
    "fails with %s, which is neither an absence nor a lost label",
    async (name) => {
      const { secret } = secretThat(fault(name));

      await expect(secret.describe()).rejects.toMatchObject({ name });
      await expect(secret.get("v1")).rejects.toMatchObject({ name });
      await expect(secret.put("v2", "s")).rejects.toMatchObject({ name });
      await expect(secret.move("LIVE", { to: "v2" })).rejects.toMatchObject({ name });
    },
  );
});
