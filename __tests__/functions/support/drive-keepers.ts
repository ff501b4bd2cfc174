import type { SweptSecret } from "../../../functions/credential-sweeper/registry";
import type { RegisteredSecret } from "../../../functions/rotation-auditor/registry";
import type { SecretsManager } from "../../../src/secrets/model/secrets-manager";
import type { RecordedWorld } from "./recorded-world";

type Handler = (event: unknown, invocation: { readonly awsRequestId: string }) => Promise<void>;

const dayMs = 86_400_000;
const invocation = { awsRequestId: "invocation-1" };
const versionId = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const [lost, former, live] = [versionId(0), versionId(1), versionId(2)];

/** Gives a secret a value as a rotation leaves it. */
function rotated(secret: SecretsManager, version: string): void {
  secret.beginRotation(version);
  secret.putSecretValue(version, version, ["AWSPENDING"]);
  for (const label of ["APPLYING", "LIVE", "AWSCURRENT"]) {
    const { stages } = secret.describe();
    const from = Object.keys(stages).find((id) => stages[id]?.includes(label));
    secret.updateSecretVersionStage(label, { to: version, ...(from !== undefined && { from }) });
  }
  secret.endRotation(version, false);
}

/** Takes the auditor through what it can find: secrets that are due, stuck, drifted, not adopted, and empty. */
export async function driveAuditor(
  handler: Handler,
  registry: readonly RegisteredSecret[],
  world: RecordedWorld,
): Promise<void> {
  const everySecret = (ageDays: number, write: (secret: SecretsManager, entry: RegisteredSecret) => void) => {
    world.age.ms = ageDays * dayMs;
    for (const entry of registry) write(world.secret(entry.secretArn), entry);
    world.age.ms = 0;
  };

  everySecret(40, (secret) => rotated(secret, live));
  await handler({ mode: "rotate" }, invocation);
  // What has just begun looks as old as its secret: it is stuck.
  await handler({ mode: "check" }, invocation);

  const seenAt = { N: String(Math.floor(Date.now() / 1000)) };
  for (const source of ["github", "spacelift"]) {
    const pk = `K#${source}`;
    world.table.items.set(`${pk}\n#`, { pk: { S: pk }, sk: { S: "#" }, versionId: { S: former }, at: seenAt });
  }
  everySecret(2, (secret) => rotated(secret, live));
  await handler({ mode: "check" }, invocation);

  everySecret(2, (secret) => secret.putSecretValue(former, "by hand"));
  await handler({ mode: "check" }, invocation);

  everySecret(2, () => undefined);
  await handler({ mode: "check" }, invocation);
}

/** Lets the sweeper find keys and client secrets that are former, and the keys once more when a week has passed. */
export async function driveSweeper(
  handler: Handler,
  registry: readonly SweptSecret[],
  world: RecordedWorld,
): Promise<void> {
  world.age.ms = 40 * dayMs;
  for (const { kind, name, secretArn } of registry) {
    const secret = world.secret(secretArn, [lost]);
    rotated(secret, former);
    rotated(secret, live);
    if (kind === "entra-client-secret") {
      const password = { endDateTime: "2099-01-01T00:00:00Z", secretText: "former" };
      world.sides.entra.passwords.push({ keyId: "password-1", displayName: lost, ...password });
      continue;
    }
    const tags = { "rotation:secret": name };
    world.gateway.keys.push({ id: "key-1", name: `${name}-${former}`, tags, enabled: true, lastUpdatedDate: 1 });
  }
  await handler({}, invocation);
  await handler({}, invocation);
}

/** Lets the function find a delivery that GitHub could not make. */
export async function driveRedelivery(handler: Handler, world: RecordedWorld): Promise<void> {
  world.sides.hooks.receiver = [503];
  world.sides.hooks.deliver("pull_request", "delivery-1", 600_000);
  await handler({}, invocation);
}
