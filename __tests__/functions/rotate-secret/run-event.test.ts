import type { Rotation } from "../../../functions/rotate-secret/ports";
import type { RegistryEntry } from "../../../functions/rotate-secret/registry";
import { type RunPorts, runEvent } from "../../../functions/rotate-secret/run-event";
import type { LogFields } from "../../../functions/shared/log";
import { registered, rotatingSecret, sealed, startMs } from "../support/rotating-secret";

const token = "0123456789abcdef0123456789abcdef";
const entry: RegistryEntry = {
  secretArn: "arn:one",
  maxAgeDays: 32,
  name: "github-webhook",
  credentialSecretArn: "arn:app",
  kind: "github-repo-hook",
  target: { repository: "acme/shop", hookId: 7 },
};
const versions = () => ({
  old: { labels: ["AWSCURRENT", "LIVE"], secretString: sealed("k1"), createdAt: new Date(0) },
  [token]: { labels: ["AWSPENDING"], secretString: sealed("k2"), createdAt: new Date(startMs) },
});

function set(secrets: Parameters<typeof rotatingSecret>[0] = versions()) {
  const { state, rotation, labels } = rotatingSecret(secrets);
  const lines: (LogFields & { readonly message: string })[] = [];
  const metrics: unknown[] = [];
  const write = (message: string, fields: LogFields) => void lines.push({ message, ...fields });
  const { secret, strategy, ...paces }: Rotation = rotation;
  const ports: RunPorts = {
    ...paces,
    entries: [entry],
    rotatingSecret: () => secret,
    strategy: () => strategy,
    record: (dimension, name, samples) => void metrics.push({ [dimension]: name, ...samples }),
    log: { info: write, warn: write, error: write },
  };
  return { state, labels, lines, metrics, run: (event: unknown) => runEvent(event, ports) };
}
const step = (Step: string) => ({ Step, SecretId: "arn:one", ClientRequestToken: token, RotationToken: "canary" });

describe("an event", () => {
  it("of a step is carried out, logged with what moved, and counted as no failure", async () => {
    const { lines, metrics, run, state } = set();

    expect(await run(step("setSecret"))).toEqual({ outcome: "rotated" });

    expect(state.senderKey).toBe("k2");
    expect(lines).toEqual([
      {
        message: "rotation-step",
        secretName: "github-webhook",
        versionId: token,
        step: "setSecret",
        strategy: "github-repo-hook",
        durationMs: 10_000,
        labelMoves: ["APPLYING", "FORMER", "LIVE"],
        outcome: "rotated",
      },
    ]);
    expect(metrics).toEqual([
      { Secret: "github-webhook", SettleWaitMs: 10_000 },
      { Secret: "github-webhook", RotationStepFailed: 0 },
    ]);
  });

  it("that finds a rotation half done rolls it forward and counts that", async () => {
    const { metrics, run } = set({
      ...versions(),
      half: { labels: ["APPLYING"], secretString: sealed("k0"), createdAt: new Date(0) },
    });

    await run(step("setSecret"));

    expect(metrics).toContainEqual({ Secret: "github-webhook", RollForward: 1 });
  });

  it("hands the rotation token on to Secrets Manager", async () => {
    const { run, state } = set({ ...versions(), [token]: { labels: ["AWSPENDING"] } });

    await run(step("createSecret"));

    expect(state.rotationTokens).toEqual(["canary"]);
  });

  it("says when the sender could not be asked", async () => {
    const { lines, run, state } = set({ [token]: { labels: ["AWSCURRENT", "LIVE"], secretString: sealed("k2") } });
    state.outcome = "unverifiable";

    expect(await run(step("testSecret"))).toEqual({ outcome: "rotated" });
    expect(lines).toMatchObject([{ outcome: "unverifiable" }]);
  });

  it("of the auditor sets the sender once more, or takes the secret over", async () => {
    const repaired = set();
    expect(await repaired.run({ SecretId: "arn:one", action: "repair" })).toEqual({ outcome: "repaired" });
    expect(repaired.state.senderKey).toBe("k1");
    expect(repaired.lines).toMatchObject([{ step: "repair", outcome: "repaired" }]);

    const adopted = set({ old: { labels: ["AWSCURRENT"], secretString: "bare" } });
    expect(await adopted.run({ SecretId: "arn:one", action: "adopt", confirmed: true })).toEqual({
      outcome: "adopted",
    });
    expect(adopted.labels()).toEqual({ old: ["AWSCURRENT", "LIVE"] });
    expect(adopted.state.calls).not.toContainEqual(expect.stringContaining("verify"));
  });

  it("that fails is logged and counted by its name, and its message goes no further", async () => {
    const { lines, metrics, run, state } = set();
    state.disturb = () => {
      throw new TypeError("canary-message");
    };

    const failure = await run(step("finishSecret")).catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: "TypeError", message: "The event was not carried out." });
    expect(lines).toMatchObject([{ outcome: "failed", errorName: "TypeError", step: "finishSecret" }]);
    expect(metrics).toEqual([{ Secret: "github-webhook", RotationStepFailed: 1 }]);
    expect(JSON.stringify([lines, metrics]) + String((failure as Error).stack)).not.toContain("canary");
  });

  it.each([
    ["another step", { ...step("rotateSecret") }, "EventRefused:unknown-step"],
    ["another secret", { ...step("createSecret"), SecretId: "arn:canary" }, "EventRefused:foreign-secret"],
    ["no token", { ...step("createSecret"), ClientRequestToken: undefined }, "EventRefused:no-token"],
    ["another action", { SecretId: "arn:one", action: "canary" }, "EventRefused:unknown-action"],
  ])("with %s touches nothing, and nothing of it is logged", async (_what, event, name) => {
    const { lines, run, state } = set();

    await expect(run(event)).rejects.toMatchObject({ name, message: "The event was not carried out." });

    expect(state.calls).toEqual([]);
    expect(lines).toEqual([{ message: "rotation-refused", outcome: "refused", errorName: name }]);
  });

  it("for a secret whose rotation is off writes nothing", async () => {
    const { run, state } = set();
    state.rotationEnabled = false;

    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
      await expect(run(step(name))).rejects.toMatchObject({ name: "RotationError:rotation-off" });
    }
    expect(state.calls.filter((call) => call !== "describe" && !call.startsWith("sleep"))).toEqual([]);
  });

  it("for a value that names another target leaves that target and the sender alone", async () => {
    const secretString = sealed("k2").replace('"hookId":7', '"hookId":8');
    const { run, state } = set({ ...versions(), [token]: { labels: ["AWSPENDING"], secretString } });

    await expect(run(step("setSecret"))).rejects.toMatchObject({ name: "RotationError:other-target" });
    expect(state.calls).toEqual(["describe", `get ${token}`]);
    expect(registered.target.hookId).toBe(7);
  });
});
