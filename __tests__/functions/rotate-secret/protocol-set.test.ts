import type { RotationFault } from "../../../functions/rotate-secret/ports";
import { rotate } from "../../../functions/rotate-secret/protocol";
import { rotatingSecret, sealed, startMs } from "../support/rotating-secret";

const key = (id: string, ...labels: string[]) => ({ labels, secretString: sealed(`key of ${id}`) });
const refusal = (fault: RotationFault) => ({ name: `RotationError:${fault}`, fault });

/** A secret with these versions, and the call sequence of `setSecret` on one of them. */
function secretWith(versions: Parameters<typeof rotatingSecret>[0]) {
  const made = rotatingSecret(versions);
  const set = async (token: string) => {
    made.state.calls = [];
    await rotate("setSecret", { token }, made.rotation);
    return made.state.calls;
  };
  return { ...made, set };
}

describe("setSecret, after an end in its midst,", () => {
  it.each([[["LIVE"]], [["LIVE", "APPLYING"]]])(
    "does nothing more once the sender uses the version: %p",
    async (ours) => {
      const { set } = secretWith({ v1: key("v1", "AWSCURRENT"), v2: key("v2", "AWSPENDING", ...ours) });

      expect(await set("v2")).toEqual(["describe"]);
    },
  );

  it("changes the sender again where it stopped before the confirmation", async () => {
    const { set } = secretWith({ v1: key("v1", "AWSCURRENT", "LIVE"), v2: key("v2", "AWSPENDING", "APPLYING") });

    expect(await set("v2")).toEqual([
      "describe",
      "get v2",
      "FORMER: nowhere -> v1",
      "apply key of v2 as v2",
      "LIVE: v1 -> v2",
    ]);
  });

  it("takes the intent from where the last rotation left it", async () => {
    const { set, state } = secretWith({ v1: key("v1", "AWSCURRENT", "LIVE", "APPLYING"), v2: key("v2", "AWSPENDING") });

    expect(await set("v2")).toEqual([
      "describe",
      "get v2",
      "APPLYING: v1 -> v2",
      "FORMER: nowhere -> v1",
      "apply key of v2 as v2",
      "LIVE: v1 -> v2",
    ]);
    expect(state.progress.map(({ event }) => event)).not.toContain("rolled-forward");
  });
});

describe("setSecret, on an intent of another rotation,", () => {
  it("rolls it forward and settles again before it changes the sender to its own version", async () => {
    const { set, labels, state } = secretWith({
      v1: key("v1", "AWSCURRENT", "LIVE"),
      v2: key("v2", "APPLYING"),
      v3: key("v3", "AWSPENDING"),
    });

    expect(await set("v3")).toEqual([
      "describe",
      "get v2",
      "EARLIER: nowhere -> v1",
      "FORMER: nowhere -> v1",
      "apply key of v2 as v2",
      "LIVE: v1 -> v2",
      "sleep 10000",
      "get v3",
      "APPLYING: v2 -> v3",
      "FORMER: v1 -> v2",
      "apply key of v3 as v3",
      "LIVE: v2 -> v3",
    ]);
    expect(labels()).toEqual({
      v1: ["AWSCURRENT", "EARLIER"],
      v2: ["FORMER"],
      v3: ["APPLYING", "AWSPENDING", "LIVE"],
    });
    expect(state.progress.slice(0, 5)).toEqual([
      { event: "label-moved", detail: "EARLIER" },
      { event: "label-moved", detail: "FORMER" },
      { event: "label-moved", detail: "LIVE" },
      { event: "rolled-forward", detail: "v2" },
      { event: "waited-to-settle", milliseconds: 10_000 },
    ]);
    expect(state.senderKey).toBe("key of v3");
  });

  it("rolls it forward even where its own version is what the sender used before", async () => {
    const { set, labels } = secretWith({
      v1: key("v1", "AWSCURRENT"),
      v2: key("v2", "AWSPENDING", "LIVE"),
      v3: key("v3", "APPLYING"),
    });

    expect(await set("v2")).toEqual([
      "describe",
      "get v3",
      "EARLIER: nowhere -> v2",
      "FORMER: nowhere -> v2",
      "apply key of v3 as v3",
      "LIVE: v2 -> v3",
      "sleep 10000",
      "get v2",
      "APPLYING: v3 -> v2",
      "FORMER: v2 -> v3",
      "apply key of v2 as v2",
      "LIVE: v3 -> v2",
    ]);
    expect(labels()).toEqual({
      v1: ["AWSCURRENT"],
      v2: ["APPLYING", "AWSPENDING", "EARLIER", "LIVE"],
      v3: ["FORMER"],
    });
  });

  it("sets the sender to a first version whose rotation went no further", async () => {
    const { set } = secretWith({ v1: key("v1", "AWSCURRENT", "APPLYING"), v2: key("v2", "AWSPENDING") });

    expect((await set("v2")).slice(0, 4)).toEqual([
      "describe",
      "get v1",
      "apply key of v1 as v1",
      "LIVE: nowhere -> v1",
    ]);
  });

  it("refuses one that was made for another target, before it changes the sender", async () => {
    const { set, state } = secretWith({
      v1: key("v1", "AWSCURRENT", "LIVE"),
      v2: { labels: ["APPLYING"], secretString: sealed("x").replace("acme/shop", "acme/other") },
      v3: key("v3", "AWSPENDING"),
    });

    await expect(set("v3")).rejects.toMatchObject(refusal("other-target"));
    expect(state.calls).toEqual(["describe", "get v2"]);
  });
});

describe("the key that was in use", () => {
  it("is marked FORMER before the sender is changed, so that it keeps a label whatever is written by hand", async () => {
    const { set, labels } = secretWith({
      v0: key("v0", "FORMER"),
      v1: key("v1", "LIVE"),
      hand: key("hand", "AWSCURRENT"),
      v2: key("v2", "AWSPENDING"),
    });

    expect(await set("v2")).toEqual([
      "describe",
      "get v2",
      "APPLYING: nowhere -> v2",
      "FORMER: v0 -> v1",
      "apply key of v2 as v2",
      "LIVE: v1 -> v2",
    ]);
    expect(labels()).toEqual({
      v0: [],
      v1: ["FORMER"],
      hand: ["AWSCURRENT"],
      v2: ["APPLYING", "AWSPENDING", "LIVE"],
    });
  });

  it("is none before the first", async () => {
    const { set } = secretWith({ v2: key("v2", "AWSPENDING", "AWSCURRENT") });

    expect(await set("v2")).toEqual([
      "describe",
      "get v2",
      "APPLYING: nowhere -> v2",
      "apply key of v2 as v2",
      "LIVE: nowhere -> v2",
    ]);
  });
});

describe("the wait before a new key is used", () => {
  const writtenBefore = (milliseconds: number) => ({
    v1: key("v1", "AWSCURRENT", "LIVE"),
    v2: { ...key("v2", "AWSPENDING"), createdAt: new Date(startMs - milliseconds) },
  });

  it.each([
    [0, 10_000],
    [4_200, 5_800],
    [9_999, 1],
  ])("is the rest of ten seconds: %i ms after the write %i ms", async (age, wait) => {
    const { set, state } = secretWith(writtenBefore(age));

    expect((await set("v2"))[2]).toBe(`sleep ${wait}`);
    expect(state.progress[0]).toEqual({ event: "waited-to-settle", milliseconds: wait });
  });

  it.each([10_000, 10_001, 99_999])("is none %i ms after the write", async (age) => {
    const { set, state } = secretWith(writtenBefore(age));

    expect((await set("v2"))[2]).toBe("APPLYING: nowhere -> v2");
    expect(state.progress.map(({ event }) => event)).not.toContain("waited-to-settle");
  });

  it("is not begun where the function ends less than ten seconds after it", async () => {
    const { set, state } = secretWith(writtenBefore(4_000));
    state.endsAtMs = startMs + 6_000 + 10_000 - 1;

    await expect(set("v2")).rejects.toMatchObject({
      ...refusal("no-time"),
      message: "The function ends before the next change of this step has surely ended.",
    });
    expect(state.calls).toEqual(["describe", "get v2"]);

    state.endsAtMs += 1;
    expect(await set("v2")).toContain("apply key of v2 as v2");
  });
});

describe("the sender is not changed", () => {
  const pending = () => secretWith({ v1: key("v1", "AWSCURRENT", "LIVE"), v2: key("v2", "AWSPENDING") });

  it("in the last ten seconds of the function; the intent stays for the next attempt", async () => {
    const { set, state, labels } = pending();
    state.endsAtMs = startMs + 10_000 - 1;

    await expect(set("v2")).rejects.toMatchObject(refusal("no-time"));
    expect(state.calls).toEqual(["describe", "get v2", "APPLYING: nowhere -> v2", "FORMER: nowhere -> v1"]);
    expect(labels()).toEqual({ v1: ["AWSCURRENT", "FORMER", "LIVE"], v2: ["APPLYING", "AWSPENDING"] });

    state.endsAtMs += 1;
    expect(await set("v2")).toContain("apply key of v2 as v2");
  });

  it.each([
    ["a kind", sealed("x").replace("github-repo-hook", "github-org-hook")],
    ["a repository", sealed("x").replace("acme/shop", "acme/other")],
    ["a hook", sealed("x").replace("7", "8")],
    ["one target fewer", sealed("x").replace(',"hookId":7', "")],
  ])("to a version that names another target: %s", async (_what, secretString) => {
    const { set, state } = secretWith({
      v1: key("v1", "AWSCURRENT", "LIVE"),
      v2: { labels: ["AWSPENDING"], secretString },
    });

    await expect(set("v2")).rejects.toMatchObject({
      ...refusal("other-target"),
      message: "The version was made for another target than the registry names.",
    });
    expect(state.calls).toEqual(["describe", "get v2"]);
  });

  it("to a version without a value, which is read twice", async () => {
    const { set, state } = secretWith({ v1: key("v1", "AWSCURRENT", "LIVE"), v2: { labels: ["AWSPENDING"] } });

    await expect(set("v2")).rejects.toMatchObject({
      ...refusal("no-value"),
      message: "The version holds no value.",
    });
    expect(state.calls).toEqual(["describe", "get v2", "sleep 5000", "get v2"]);
  });

  it("to a value before the read of it has caught up with its write", async () => {
    const { set, state } = secretWith({ v1: key("v1", "AWSCURRENT", "LIVE"), v2: { labels: ["AWSPENDING"] } });
    state.disturb = (call, moment) => {
      if (call === "sleep 5000" && moment === "after") state.versions.set("v2", key("v2", "AWSPENDING"));
    };

    expect(await set("v2")).toContain("apply key of v2 as v2");
  });

  it("to a bare text as if it were an envelope: the text is the key", async () => {
    const { set } = secretWith({ v2: { labels: ["AWSPENDING"], secretString: "bare" } });

    expect(await set("v2")).toContain("apply bare as v2");
  });
});
