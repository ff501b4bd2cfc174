import { steps } from "../../../functions/rotate-secret/protocol";
import type { RegistryEntry } from "../../../functions/rotate-secret/registry";
import type { RecordedWorld } from "./recorded-world";

type Handler = typeof import("../../../functions/rotate-secret/handler.js").handler;

const versionId = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;

/** Takes a rotation function down all its paths: rotations, a test of the configuration, one that goes on where another
 * has stopped, a repair, and the three adoptions. Gives the outcomes, or the error's name. */
export async function driveRotation(handler: Handler, entry: RegistryEntry, world: RecordedWorld): Promise<string[]> {
  const outcomes: string[] = [];
  const ask = async (event: object) => {
    // Time passes with every look at the clock, so that a poll ends.
    let remainingMs = 60_000;
    const getRemainingTimeInMillis = () => (remainingMs -= 500);
    const invocation = { awsRequestId: "invocation-1", getRemainingTimeInMillis };
    const answered = handler({ SecretId: entry.secretArn, ...event }, invocation);
    const outcome = answered.then((answer) => answer.outcome);
    outcomes.push(await outcome.catch((error: Error) => error.name));
  };
  const step = (Step: string, token: string) => ask({ Step, ClientRequestToken: token });

  let secret = world.secret(entry.secretArn);
  const rotation = async (token: string) => {
    secret.beginRotation(token);
    for (const name of steps) await step(name, token);
    secret.endRotation(token, false);
    // The next one is not too soon.
    world.age.ms -= 2 * 86_400_000;
  };
  const [first, second, untouched, stopped, last] = [
    versionId(1),
    versionId(2),
    versionId(3),
    versionId(4),
    versionId(5),
  ];
  world.age.ms = 30 * 86_400_000;
  world.sides.hooks.deliver("push", "delivery-1");
  await rotation(first);
  await rotation(second);

  secret.beginRotation(untouched);
  await step("testSecret", untouched);
  secret.dropPlaceholder(untouched);

  secret.beginRotation(stopped);
  await step("createSecret", stopped);
  secret.updateSecretVersionStage("APPLYING", { to: stopped, from: second });
  secret.updateSecretVersionStage("AWSPENDING", { from: stopped });
  await rotation(last);
  await ask({ action: "repair" });

  const envelope = secret.getSecretValue(last).secretString;
  const bare = String(JSON.parse(envelope).value);
  for (const [value, confirmed] of [
    [envelope, false],
    [bare, true],
    [bare, false],
  ] as const) {
    secret = world.secret(entry.secretArn);
    secret.putSecretValue(first, value);
    await ask({ action: "adopt", confirmed });
  }
  return outcomes;
}
