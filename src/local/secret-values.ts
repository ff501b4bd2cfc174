import { randomBytes } from "node:crypto";
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Envelope, secretValue } from "../../functions/shared/envelope";
import { emulatorAccess } from "./emulator-access";
import type { Service } from "./session";

/** A client of the emulator's Secrets Manager. All is written out: nothing of the caller's AWS settings is read. */
function client(): SecretsManagerClient {
  // The SDK warns of Node versions that its releases of 2027 will refuse; ours are pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return new SecretsManagerClient({
    endpoint: emulatorAccess.AWS_ENDPOINT_URL,
    region: emulatorAccess.AWS_REGION,
    credentials: {
      accessKeyId: emulatorAccess.AWS_ACCESS_KEY_ID,
      secretAccessKey: emulatorAccess.AWS_SECRET_ACCESS_KEY,
    },
  });
}

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
