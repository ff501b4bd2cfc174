import type { RotationFault } from "../../../functions/rotate-secret/ports";
import { rotate, type Step, steps } from "../../../functions/rotate-secret/protocol";
import { registered, rotatingSecret, sealed, startMs } from "../support/rotating-secret";

const inUse = { labels: ["AWSCURRENT", "LIVE"], secretString: sealed("key of v1") };
const placeholder = { labels: ["AWSPENDING"] };
const written = { labels: ["AWSPENDING"], secretString: sealed("key of v2") };
const refusal = (fault: RotationFault) => ({ name: `RotationError:${fault}`, fault });

/** A secret with these versions, and the call sequence of one step on one of them. */
function secretWith(versions: Parameters<typeof rotatingSecret>[0]) {
  const made = rotatingSecret(versions);
  const run = async (step: Step, token = "v2") => {
    made.state.calls = [];
    await rotate(step, { token }, made.rotation);
    return made.state.calls;
  };
  return { ...made, run };
}

describe("a rotation that nothing disturbs", () => {
  it("takes thirteen calls, five of them writes to the secret, and a wait", async () => {
    const { run, labels, state } = secretWith({ v1: inUse, v2: placeholder });

    expect(await run("createSecret")).toEqual(["describe", "get v2", "put v2"]);
    expect(labels()).toEqual({ v1: ["AWSCURRENT", "LIVE"], v2: ["AWSPENDING"] });

    expect(await run("setSecret")).toEqual([
      "describe",
      "get v2",
      "sleep 10000",
      "APPLYING: nowhere -> v2",
      "FORMER: nowhere -> v1",
      "apply key of v2 as v2",
      "LIVE: v1 -> v2",
    ]);
    expect(labels()).toEqual({ v1: ["AWSCURRENT", "FORMER"], v2: ["APPLYING", "AWSPENDING", "LIVE"] });

    expect(await run("testSecret")).toEqual(["describe", "verify a key as v2"]);
    expect(await run("finishSecret")).toEqual(["describe", "AWSCURRENT: v1 -> v2"]);
    expect(labels()).toEqual({
      v1: ["AWSPREVIOUS", "FORMER"],
      v2: ["APPLYING", "AWSCURRENT", "AWSPENDING", "LIVE"],
    });
    expect(state.progress).toEqual([
      { event: "waited-to-settle", milliseconds: 10_000 },
      { event: "label-moved", detail: "APPLYING" },
      { event: "label-moved", detail: "FORMER" },
      { event: "label-moved", detail: "LIVE" },
      { event: "label-moved", detail: "AWSCURRENT" },
    ]);
  });

  it("has its steps under the names in the event, in their order", () => {
    expect(steps).toEqual(["createSecret", "setSecret", "testSecret", "finishSecret"]);
  });

  it("changes nothing when each step comes once more", async () => {
    const { run, labels, state } = secretWith({ v1: inUse, v2: placeholder });
    for (const step of steps) await run(step);
    const [labelsBefore, key] = [labels(), state.senderKey];

    expect(await run("createSecret")).toEqual(["describe", "get v2"]);
    expect(await run("setSecret")).toEqual(["describe"]);
    expect(await run("testSecret")).toEqual(["describe", "verify a key as v2"]);
    expect(await run("finishSecret")).toEqual(["describe"]);
    expect([labels(), state.senderKey]).toEqual([labelsBefore, key]);
  });

  it("gives an empty secret its first value and sets the sender to it", async () => {
    const { run, labels, state } = secretWith({ v1: placeholder });

    for (const step of steps) await run(step, "v1");

    expect(labels()).toEqual({ v1: ["APPLYING", "AWSCURRENT", "AWSPENDING", "LIVE"] });
    expect(state.senderKey).toBe("key of v1");
  });
});

describe("every step", () => {
  it.each(steps)("%s refuses while rotation is turned off", async (step) => {
    const { run, state } = secretWith({ v2: { ...written, labels: ["AWSPENDING", "LIVE"] } });
    state.rotationEnabled = false;

    await expect(run(step)).rejects.toMatchObject({
      ...refusal("rotation-off"),
      message: "Rotation is turned off for this secret.",
    });
    expect(state.calls).toEqual(["describe"]);
  });

  it.each(steps)("%s refuses a version that is neither pending nor current, after a second look", async (step) => {
    const { run, state } = secretWith({ v1: inUse, v2: { labels: ["LIVE", "APPLYING"] } });

    await expect(run(step)).rejects.toMatchObject({
      ...refusal("unknown-version"),
      message: "The version is neither pending nor current.",
    });
    expect(state.calls).toEqual(["describe", "sleep 5000", "describe"]);
    await expect(run(step, "v3")).rejects.toMatchObject(refusal("unknown-version"));
  });

  it("waits five seconds for a read that is behind the write of the version", async () => {
    const { run, state, attach } = secretWith({ v1: inUse, v2: { labels: [], secretString: sealed("key of v2") } });
    state.disturb = (call) => {
      if (call === "sleep 5000") attach("AWSPENDING", "v2");
    };

    expect(await run("createSecret")).toEqual(["describe", "sleep 5000", "describe", "get v2"]);
  });

  it("takes a current version that is no longer pending", async () => {
    const { run } = secretWith({ v1: inUse });

    expect(await run("finishSecret", "v1")).toEqual(["describe"]);
  });
});

describe("createSecret", () => {
  it("writes the key in an envelope that names its target, and hands the rotation token on", async () => {
    const { rotation, state } = secretWith({ v1: inUse, v2: placeholder });

    await rotate("createSecret", { token: "v2", rotationToken: "across accounts" }, rotation);

    expect(state.versions.get("v2")?.secretString).toBe(sealed("key of v2"));
    expect(state.rotationTokens).toEqual(["across accounts"]);
  });

  it("makes no second key where the version holds one, however soon and not adopted", async () => {
    const { run, state } = secretWith({ v1: { ...inUse, labels: ["AWSCURRENT"] }, v2: written });
    state.lastRotatedAt = new Date(startMs);

    expect(await run("createSecret")).toEqual(["describe", "get v2"]);
  });

  it("goes on where somebody else wrote the version in the meantime", async () => {
    const { run, state } = secretWith({ v1: inUse, v2: placeholder });
    state.disturb = (call, moment) => {
      if (call === "put v2" && moment === "before") state.versions.set("v2", { ...written });
    };

    expect(await run("createSecret")).toEqual(["describe", "get v2", "put v2"]);
    expect(state.versions.get("v2")?.secretString).toBe(sealed("key of v2"));
  });

  it("refuses a secret whose current value nobody has confirmed", async () => {
    const { run, state } = secretWith({ v1: { ...inUse, labels: ["AWSCURRENT"] }, v2: placeholder });

    await expect(run("createSecret")).rejects.toMatchObject({
      ...refusal("not-adopted"),
      message: "Nobody has confirmed that the sender uses the current value.",
    });
    expect(state.calls).toEqual(["describe", "get v2"]);
  });

  it("needs no confirmation of a current version that is empty itself", async () => {
    const { run } = secretWith({ v2: { labels: ["AWSCURRENT", "AWSPENDING"] } });

    expect(await run("createSecret")).toEqual(["describe", "get v2", "put v2"]);
  });

  it("refuses a rotation until the interval has passed, to the millisecond", async () => {
    const { run, state } = secretWith({ v1: inUse, v2: placeholder });
    state.lastRotatedAt = new Date(startMs - 86_400_000 + 1);

    await expect(run("createSecret")).rejects.toMatchObject({
      ...refusal("too-soon"),
      message: "The last rotation was less than 86400 s ago.",
    });
    expect(state.calls).toEqual(["describe", "get v2"]);

    state.nowMs += 1;
    expect(await run("createSecret")).toEqual(["describe", "get v2", "put v2"]);
  });

  it("rotates at once where the tag names this version, and only this", async () => {
    const { run, state } = secretWith({ v1: inUse, v2: placeholder });
    state.lastRotatedAt = new Date(startMs);
    state.tags = { "rotation:force": "v3" };
    await expect(run("createSecret")).rejects.toMatchObject(refusal("too-soon"));

    state.tags = { "rotation:force": "v2" };
    expect(await run("createSecret")).toContain("put v2");
  });
});

describe("testSecret", () => {
  it.each([
    ["empty", placeholder],
    ["not the sender's", written],
    ["under way to the sender", { ...written, labels: ["AWSPENDING", "APPLYING"] }],
  ])("tests the configuration alone while the version is %s", async (_what, version) => {
    const { run } = secretWith({ v1: inUse, v2: version });

    expect(await run("testSecret")).toEqual(["describe", "sleep 5000", "describe", "dry run"]);
  });

  it("reads the key only for a sender that is asked with it", async () => {
    const { run, state } = secretWith({
      v1: { labels: ["AWSCURRENT"] },
      v2: { ...written, labels: ["AWSPENDING", "LIVE"] },
    });
    state.readsValueToVerify = true;

    expect(await run("testSecret")).toEqual(["describe", "get v2", "verify key of v2 as v2"]);
    expect(state.progress).toEqual([]);
  });

  it("says so where the sender offers no way to ask", async () => {
    const { run, state } = secretWith({ v2: { ...written, labels: ["AWSPENDING", "LIVE"] } });
    state.outcome = "unverifiable";

    await run("testSecret");

    expect(state.progress).toEqual([{ event: "unverifiable", detail: "v2" }]);
  });
});

describe("finishSecret", () => {
  it("refuses a version that the sender does not use", async () => {
    const { run, state } = secretWith({ v1: inUse, v2: written });

    await expect(run("finishSecret")).rejects.toMatchObject({
      ...refusal("not-live"),
      message: "The sender does not use this version.",
    });
    expect(state.calls).toEqual(["describe", "sleep 5000", "describe"]);
  });

  it("waits for a read that is behind the change of the sender, and so does testSecret", async () => {
    for (const [step, call] of [
      ["testSecret", "verify a key as v2"],
      ["finishSecret", "AWSCURRENT: nowhere -> v2"],
    ] as const) {
      const { run, state, attach } = secretWith({ v2: written });
      state.disturb = (made) => {
        if (made === "sleep 5000") attach("LIVE", "v2");
      };

      expect(await run(step)).toEqual(["describe", "sleep 5000", "describe", call]);
    }
  });

  it("makes a version current where none was", async () => {
    const { run, labels } = secretWith({ v2: { ...written, labels: ["AWSPENDING", "LIVE"] } });

    expect(await run("finishSecret")).toEqual(["describe", "AWSCURRENT: nowhere -> v2"]);
    expect(labels()).toEqual({ v2: ["AWSCURRENT", "AWSPENDING", "LIVE"] });
  });
});

it("the target that a version is written for is the registry's", () => {
  expect(JSON.parse(sealed("x"))).toEqual({ v: 1, ...registered, value: "x" });
});
