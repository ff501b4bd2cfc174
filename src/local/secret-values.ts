import { randomBytes } from "node:crypto";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type Envelope, secretValue } from "../../functions/shared/envelope";
import { emulatorClient } from "./emulator-client";
import type { Service } from "./session";

const client = () => new SecretsManagerClient(emulatorClient());

/** Puts throwaway first values into the secrets, as an operator does once after the first apply. */
export async function putFirstValues({ secrets }: Service, appPrivateKey: string): Promise<void> {
  const secretsManager = client();
  const put = (SecretId: string, envelope: Omit<Envelope, "v">) =>
    secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify({ v: 1, ...envelope }) }));
  const randomKey = () => randomBytes(32).toString("hex");
  await Promise.all([
    put(secrets.github, { kind: "github-app-hook", target: {}, value: randomKey() }),
    put(secrets.spacelift, { kind: "spacelift-named-webhook", target: {}, value: randomKey() }),
    put(secrets.githubApp, { kind: "github-app", target: {}, value: appPrivateKey }),
  ]);
}

/** Reads the key that signs now. */
export async function signingKey(secretArn: string): Promise<string> {
  const { SecretString } = await client().send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (!SecretString) throw new Error(`The secret ${secretArn} holds no value.`);
  return secretValue(SecretString);
}

/** Which version each label of a secret is on. */
export async function labels(secretArn: string): Promise<ReadonlyMap<string, string>> {
  const { VersionIdsToStages = {} } = await client().send(new DescribeSecretCommand({ SecretId: secretArn }));
  return new Map(
    Object.entries(VersionIdsToStages).flatMap(([version, names]) =>
      names.map((name): [string, string] => [name, version]),
    ),
  );
}
