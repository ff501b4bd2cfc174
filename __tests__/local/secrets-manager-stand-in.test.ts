import { createServer } from "node:http";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PENDING_PATH, secretsManager } from "../../src/local/stand-ins/secrets-manager";
import { closeAll, listen } from "./hook-receiver";

afterEach(closeAll);

const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:webhook-abc123";

/** An emulator that answers for one secret, and what it was asked. */
async function given(stages: Record<string, string[]>) {
  const asked: string[] = [];
  const emulator = await listen(
    createServer((incoming, outgoing) => {
      asked.push(String(incoming.headers["x-amz-target"]));
      incoming.resume();
      const isDescription = incoming.headers["x-amz-target"] === "secretsmanager.DescribeSecret";
      outgoing.writeHead(isDescription ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
      outgoing.end(
        JSON.stringify(
          isDescription ? { ARN: secretArn, VersionIdsToStages: stages } : { __type: "ResourceNotFoundException" },
        ),
      );
    }),
  );
  const url = await listen(secretsManager(emulator));
  const client = new SecretsManagerClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const begin = (arn: string, token: string) =>
    fetch(`${url}${PENDING_PATH}`, { method: "POST", body: JSON.stringify({ secretArn: arn, token }) });
  const described = async () =>
    (await client.send(new DescribeSecretCommand({ SecretId: secretArn }))).VersionIdsToStages;
  return { client, begin, described, asked };
}

describe("what stands before the emulator's Secrets Manager", () => {
  it("shows a version that was announced as pending, before it has a value", async () => {
    const { begin, described } = await given({ one: ["AWSCURRENT", "LIVE"] });

    expect((await begin(secretArn, "two")).status).toBe(204);

    expect(await described()).toEqual({ one: ["AWSCURRENT", "LIVE"], two: ["AWSPENDING"] });
  });

  it("leaves the version to the emulator once that has it", async () => {
    const { begin, described } = await given({ one: ["FORMER"], two: ["AWSCURRENT", "LIVE"] });

    await begin(secretArn, "two");

    expect(await described()).toEqual({ one: ["FORMER"], two: ["AWSCURRENT", "LIVE"] });
  });

  it("adds nothing to another secret, and nothing where no rotation was announced", async () => {
    const { begin, described } = await given({ one: ["AWSCURRENT"] });
    expect(await described()).toEqual({ one: ["AWSCURRENT"] });

    await begin("arn:aws:secretsmanager:us-east-1:000000000000:secret:other-abc123", "two");

    expect(await described()).toEqual({ one: ["AWSCURRENT"] });
  });

  it("hands every other question on, and the emulator's own refusal back", async () => {
    const { client, begin, asked } = await given({ one: ["AWSCURRENT"] });
    await begin(secretArn, "two");

    const read = client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionId: "two" }));

    await expect(read).rejects.toThrow(ResourceNotFoundException);
    expect(asked).toEqual(["secretsmanager.GetSecretValue"]);
  });
});
