import fc from "fast-check";
import { parseEnvelope, secretValue } from "../../../functions/shared/envelope";
import { keyRing } from "../../../functions/shared/key-ring";
import type { SecretReader } from "../../../functions/shared/secret-store";
import { ringVersion, usableKeys } from "../../../functions/shared/usable-keys";

const created = new Date("2026-03-01T00:00:00Z");
const startMs = Date.parse("2026-03-01T12:00:00Z");

/** A secret whose calls are counted and can be made to fail, and a ring on it with a clock that stands still. */
function secretAndRing(initial: Record<string, { labels: readonly string[]; value?: string }>) {
  const state = {
    versions: initial,
    lastChangedAt: undefined as Date | undefined,
    now: startMs,
    down: false,
    unreadable: "",
    calls: [] as string[],
    failures: [] as unknown[],
  };
  const reach = (call: string) => {
    state.calls.push(call);
    if (state.down) throw new Error("unreachable");
  };
  const secret: SecretReader = {
    async describe() {
      reach("describe");
      const stages = Object.fromEntries(Object.entries(state.versions).map(([id, { labels }]) => [id, labels]));
      return { stages, ...(state.lastChangedAt && { lastChangedAt: state.lastChangedAt }) };
    },
    async get(id) {
      reach(`get ${id}`);
      if (state.unreadable === id) throw new Error("throttled");
      const value = state.versions[id]?.value;
      return value === undefined ? undefined : { secretString: value, createdAt: created };
    },
  };
  const ring = keyRing({
    secret,
    previousGraceSeconds: 86_400,
    clock: () => state.now,
    onRefreshFailure: (error) => state.failures.push(error),
  });
  const ids = async () => (await ring.keys()).map(({ versionId }) => versionId);
  return { state, ring, ids, pass: (seconds: number) => (state.now += seconds * 1000) };
}

describe("the key ring", () => {
  it("costs one metadata call in five minutes and reads each value once", async () => {
    const { state, ids, pass } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });

    await ids();
    pass(299);
    await ids();
    expect(state.calls).toEqual(["describe", "get v1"]);

    pass(1);
    await ids();
    expect(state.calls).toEqual(["describe", "get v1", "describe"]);
  });

  it("holds every labelled version and drops a version that has lost its labels", async () => {
    const { state, ids, pass } = secretAndRing({
      v1: { labels: ["AWSPREVIOUS", "LIVE"], value: "a" },
      v2: { labels: ["AWSCURRENT"], value: "b" },
      v3: { labels: ["AWSPENDING", "APPLYING"], value: "c" },
      v4: { labels: [], value: "d" },
    });
    expect(await ids()).toEqual(["v1", "v2", "v3"]);

    state.versions = { v2: { labels: ["AWSCURRENT"], value: "b" } };
    pass(300);

    expect(await ids()).toEqual(["v2"]);
  });

  it("asks again for a placeholder, which gets its value later", async () => {
    const { state, ring, ids } = secretAndRing({
      v1: { labels: ["AWSCURRENT"], value: "a" },
      v2: { labels: ["AWSPENDING"] },
    });
    expect(await ids()).toEqual(["v1"]);

    state.versions = { ...state.versions, v2: { labels: ["AWSPENDING"], value: "b" } };
    await ring.refreshAfterMiss();

    expect(await ids()).toEqual(["v1", "v2"]);
  });

  it("keeps its keys while the secret cannot be read, and asks at most every five seconds", async () => {
    const { state, ids, pass } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });
    await ids();
    state.down = true;
    pass(300);

    expect(await ids()).toEqual(["v1"]);
    pass(4);
    expect(await ids()).toEqual(["v1"]);
    expect(state.failures).toHaveLength(1);

    pass(1);
    await ids();
    expect(state.failures).toHaveLength(2);
  });

  it("keeps its keys where one new version cannot be read", async () => {
    const { state, ring, ids } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });
    await ids();
    state.versions = { ...state.versions, v2: { labels: ["AWSPENDING"], value: "b" } };
    state.unreadable = "v2";

    expect(await ring.refreshAfterMiss()).toBe("failed");
    expect(await ids()).toEqual(["v1"]);
  });

  it("answers a miss with one read per five seconds", async () => {
    const { ring, pass } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });
    await ring.keys();

    expect(await ring.refreshAfterMiss()).toBe("refreshed");
    pass(4.9);
    expect(await ring.refreshAfterMiss()).toBe("cooling-down");
    pass(0.1);
    expect(await ring.refreshAfterMiss()).toBe("refreshed");
  });

  it("tells a miss that it cannot know, also while it waits after a failed read", async () => {
    const { state, ring, pass } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });
    await ring.keys();
    state.down = true;

    expect(await ring.refreshAfterMiss()).toBe("failed");
    pass(4);
    expect(await ring.refreshAfterMiss()).toBe("failed");
    expect(state.failures).toHaveLength(1);

    state.down = false;
    pass(1);
    expect(await ring.refreshAfterMiss()).toBe("refreshed");
  });

  it("lets the grace of the previous key run from the secret's last change", async () => {
    const { state, ids } = secretAndRing({
      v1: { labels: ["AWSCURRENT"], value: "a" },
      v2: { labels: ["AWSPREVIOUS"], value: "b" },
    });
    state.now = created.getTime() + 25 * 3_600_000;
    state.lastChangedAt = new Date(created.getTime() + 24 * 3_600_000);

    expect(await ids()).toEqual(["v1", "v2"]);
  });

  it("has no key, and throws nothing, while the secret could never be read", async () => {
    const { state, ids, ring } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });
    state.down = true;

    expect(await ids()).toEqual([]);
    expect(ring.keysAtHand()).toEqual([]);
  });

  it("has its keys at hand until the secret is to be read again, and gives the same list meanwhile", async () => {
    const { ring, pass } = secretAndRing({ v1: { labels: ["AWSCURRENT"], value: "a" } });
    expect(ring.keysAtHand()).toBeUndefined();

    const keys = await ring.keys();
    pass(299);
    expect(ring.keysAtHand()).toBe(keys);
    expect(keys).toHaveLength(1);

    pass(1);
    expect(ring.keysAtHand()).toBeUndefined();
    expect(await ring.keys()).not.toBe(keys);
  });

  it("lets the previous key go at the end of its grace, between two reads", async () => {
    const { state, ring, ids, pass } = secretAndRing({
      v1: { labels: ["AWSCURRENT"], value: "a" },
      v2: { labels: ["AWSPREVIOUS"], value: "b" },
    });
    state.now = created.getTime() + 86_400_000 - 100_000;
    expect(await ids()).toEqual(["v1", "v2"]);
    pass(99.999);
    expect(await ids()).toEqual(["v1", "v2"]);

    pass(0.001);
    const afterwards = ring.keysAtHand();

    expect(afterwards?.map(({ versionId }) => versionId)).toEqual(["v1"]);
    expect(ring.keysAtHand()).toBe(afterwards);
    pass(100);
    expect(ring.keysAtHand()).toBe(afterwards);
    expect(state.calls).toEqual(["describe", "get v1", "get v2"]);
  });

  it("starts empty, without an error, where the secret has no version", async () => {
    const { ids } = secretAndRing({});

    expect(await ids()).toEqual([]);
  });
});

describe("the previous key", () => {
  const grace = 86_400;
  const switchMs = created.getTime();
  const version = (id: string, labels: readonly string[]) =>
    ringVersion(id, labels, { secretString: id, createdAt: created });
  const keysAt = (nowMs: number, labels: readonly string[][], lastChangedAt?: Date) =>
    usableKeys(
      { versions: labels.map((list, index) => version(`v${index}`, list)), ...(lastChangedAt && { lastChangedAt }) },
      nowMs,
      grace,
    ).map(({ versionId }) => versionId);

  it("counts until its grace is over, and not a millisecond longer", () => {
    const labels = [["AWSCURRENT"], ["AWSPREVIOUS"]];

    expect(keysAt(switchMs + grace * 1000 - 1, labels)).toEqual(["v0", "v1"]);
    expect(keysAt(switchMs + grace * 1000, labels)).toEqual(["v0"]);
  });

  it("keeps its grace where the switch came long after the new key was made", () => {
    const labels = [["AWSCURRENT"], ["AWSPREVIOUS"]];
    const lastChangedAt = new Date(switchMs + 25 * 3_600_000);

    expect(keysAt(switchMs + 26 * 3_600_000, labels, lastChangedAt)).toEqual(["v0", "v1"]);
    expect(keysAt(lastChangedAt.getTime() + grace * 1000, labels, lastChangedAt)).toEqual(["v0"]);
  });

  it("is not cut short by a change that is older than the new key", () => {
    const labels = [["AWSCURRENT"], ["AWSPREVIOUS"]];

    expect(keysAt(switchMs + grace * 1000 - 1, labels, new Date(0))).toEqual(["v0", "v1"]);
  });

  it("never expires without a current key, nor while any other label says that it is in use", () => {
    const later = switchMs + 100 * grace * 1000;

    expect(keysAt(later, [["AWSPREVIOUS"]])).toEqual(["v0"]);
    expect(keysAt(later, [["AWSCURRENT"], ["AWSPREVIOUS", "LIVE"], ["AWSPREVIOUS", "APPLYING"]])).toEqual([
      "v0",
      "v1",
      "v2",
    ]);
  });
});

describe("a secret's string", () => {
  it("gives the key in its envelope", () => {
    const text = JSON.stringify({ v: 1, kind: "github-app-hook", target: { app: 7 }, value: " key " });

    expect(secretValue(text)).toBe(" key ");
    expect(parseEnvelope(text)).toEqual({ v: 1, kind: "github-app-hook", target: { app: 7 }, value: " key " });
  });

  it.each([
    ["text", " not JSON\n"],
    ["another version", '{"v":2,"kind":"k","target":{},"value":"x"}'],
    ["no kind", '{"v":1,"target":{},"value":"x"}'],
    ["no target", '{"v":1,"kind":"k","value":"x"}'],
    ["a list as target", '{"v":1,"kind":"k","target":[],"value":"x"}'],
    ["a number as value", '{"v":1,"kind":"k","target":{},"value":1}'],
    ["null", "null"],
    ["a list", "[1]"],
  ])("that is %s is the key as a whole", (_what, text) => {
    expect(secretValue(text)).toBe(text);
  });

  it("survives the envelope whatever the key", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(secretValue(JSON.stringify({ v: 1, kind: "k", target: {}, value }))).toBe(value);
      }),
    );
  });

  it("that is empty, in an envelope or bare, is no key", () => {
    const empty = '{"v":1,"kind":"k","target":{},"value":""}';

    expect(ringVersion("v", ["AWSCURRENT"], { secretString: empty, createdAt: created }).key).toBeUndefined();
    expect(ringVersion("v", ["AWSCURRENT"], { secretString: "", createdAt: created }).key).toBeUndefined();
  });
});
