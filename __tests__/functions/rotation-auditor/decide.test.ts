import { decide, type KeySeen } from "../../../functions/rotation-auditor/decide";
import type { SecretMetadata } from "../../../functions/shared/secret-metadata";

const now = new Date("2026-03-04T05:00:00Z");
const hoursBack = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const daysAgo = (days: number) => hoursBack(days * 24);

/** Versions by id: labels, and how many hours ago each was written; a placeholder has no date. */
type Versions = Readonly<Record<string, readonly [labels: string, hoursAgo?: number]>>;

function secret(versions: Versions, more: Partial<SecretMetadata> = {}): SecretMetadata {
  return {
    versions: Object.entries(versions).map(([versionId, [labels, hoursAgo]]) => ({
      versionId,
      labels: labels.split(" ").filter((label) => label !== ""),
      ...(hoursAgo !== undefined && { createdAt: hoursBack(hoursAgo) }),
    })),
    rotationEnabled: true,
    ...more,
  };
}

const settled = { v1: ["AWSPREVIOUS", 480], v2: ["AWSCURRENT LIVE", 240] } satisfies Versions;
const rules = { isManual: false, maxAgeDays: 32 };
const calm = { isStuck: false, hasDrifted: false, repair: false };
const judged = (metadata: SecretMetadata, seen?: KeySeen) => decide(metadata, seen, rules, now);

describe("a secret that is as it should be", () => {
  it("is left alone", () => {
    expect(judged(secret(settled))).toEqual({ ...calm, ageDays: 10 });
  });

  it("may keep AWSPENDING on its current version, or APPLYING on the version that is LIVE", () => {
    const done = secret({ v1: ["AWSCURRENT AWSPENDING APPLYING LIVE", 240] });

    expect(judged(done)).toEqual({ ...calm, ageDays: 10 });
  });
});

describe("a first rotation that stopped while the sender was changed", () => {
  it("is adopted, for its version is the only one that the sender can have", () => {
    const stopped = secret({ v1: ["AWSCURRENT APPLYING", 2] });

    expect(judged(stopped)).toEqual({ ...calm, ageDays: 2 / 24, isStuck: true, adopt: { confirmed: false } });
  });
});

describe("age", () => {
  it("counts from the last rotation, else from the current value, else from the secret", () => {
    const createdAt = daysAgo(3);

    expect(judged(secret(settled, { lastRotatedAt: daysAgo(4.5), createdAt })).ageDays).toBe(4.5);
    expect(judged(secret(settled, { createdAt })).ageDays).toBe(10);
    expect(judged(secret({}, { createdAt })).ageDays).toBe(3);
    expect(judged(secret({}))).not.toHaveProperty("ageDays");
  });

  it.each([
    [32, undefined],
    [32.001, "due"],
  ])("of %d days, where 32 are allowed: rotation %s", (days, rotate) => {
    const old = secret(settled, { lastRotatedAt: daysAgo(days) });

    expect(judged(old)).toEqual({ ...calm, ageDays: days, ...(rotate && { rotate }) });
  });
});

describe("a secret without a current value", () => {
  it("is rotated, which makes its first", () => {
    expect(judged(secret({}, { createdAt: daysAgo(0.5) }))).toEqual({ ...calm, ageDays: 0.5, rotate: "no-current" });
  });

  it("is left alone while its first rotation is under way, and driven on after an hour", () => {
    const begun = (hours: number) => secret({ v1: ["AWSPENDING"] }, { lastChangedAt: hoursBack(hours) });

    expect(judged(begun(0.5))).toEqual(calm);
    expect(judged(begun(1.5))).toEqual({ ...calm, isStuck: true, rotate: "stuck" });
  });
});

describe("a secret that was here before its rotation", () => {
  const found = { v1: ["AWSCURRENT", 240] } satisfies Versions;

  it("is adopted, confirmed if a delivery signed with the current value came in", () => {
    expect(judged(secret(found))).toEqual({ ...calm, ageDays: 10, adopt: { confirmed: false } });
    expect(judged(secret(found), { versionId: "v1", at: now }).adopt).toEqual({ confirmed: true });
    expect(judged(secret(found), { versionId: "v0", at: now })).toEqual({
      ...calm,
      ageDays: 10,
      adopt: { confirmed: false },
    });
  });

  it("is not rotated before that, however old it is and whatever waits", () => {
    const waiting = secret(
      { ...found, v2: ["AWSPENDING"] },
      { lastChangedAt: hoursBack(2), lastRotatedAt: daysAgo(90) },
    );

    expect(judged(waiting)).toEqual({ ...calm, ageDays: 90, isStuck: true, adopt: { confirmed: false } });
  });

  it("is none if its first value is being made: that is left alone for an hour", () => {
    const made = (hours: number) => secret({ v1: ["AWSCURRENT AWSPENDING", hours] });

    expect(judged(made(1)).adopt).toBeUndefined();
    expect(judged(made(1.001)).adopt).toEqual({ confirmed: false });
  });

  it("is not adopted once a first rotation has begun to change its sender; that one is driven on", () => {
    const begun = secret({ v1: ["AWSCURRENT", 240], v2: ["APPLYING", 2] });

    expect(judged(begun)).toEqual({ ...calm, ageDays: 10, isStuck: true, rotate: "stuck" });
  });
});

describe("a rotation half-way", () => {
  const half: Readonly<Record<string, (hours: number) => SecretMetadata>> = {
    "a pending version": (hours) => secret({ ...settled, v3: ["AWSPENDING", hours] }),
    "a pending version without a value": (hours) =>
      secret({ ...settled, v3: ["AWSPENDING"] }, { lastChangedAt: hoursBack(hours) }),
    "a sender that may use either key": (hours) => secret({ ...settled, v3: ["APPLYING", hours] }),
    "a new key in use that is not current": (hours) => secret({ v2: ["AWSCURRENT", 240], v3: ["LIVE", hours] }),
    "a value written by hand, which no sender uses": (hours) =>
      secret({ v2: ["AWSPREVIOUS LIVE", 240], v3: ["AWSCURRENT", hours] }),
  };

  describe.each(Object.entries(half))("with %s", (_, at) => {
    it("is left alone for an hour, even where the secret is due", () => {
      const { isStuck, rotate } = judged({ ...at(1), lastRotatedAt: daysAgo(40) });

      expect([isStuck, rotate]).toEqual([false, undefined]);
    });

    it("is stuck after that, and driven on by one rotation", () => {
      const { isStuck, rotate, repair } = judged({ ...at(1.001), lastRotatedAt: daysAgo(40) });

      expect([isStuck, rotate, repair]).toEqual([true, "stuck", false]);
    });
  });
});

describe("a sender that signs with another version than LIVE", () => {
  const seen = (versionId: string, hoursAgo: number) => ({ versionId, at: hoursBack(hoursAgo) });

  it.each([
    ["an hour and more after LIVE was written", seen("v1", 238.9), true],
    ["with what was under way when LIVE was written", seen("v1", 239), false],
    ["before LIVE was written", seen("v1", 250), false],
    ["with LIVE", seen("v2", 0), false],
  ])("%s", (_, last, hasDrifted) => {
    expect(judged(secret(settled), last)).toEqual({ ...calm, ageDays: 10, hasDrifted, repair: hasDrifted });
  });

  it("has not drifted before its rotation has gone through for an hour, however old the value is by then", () => {
    const stuckBefore = secret(settled, { lastRotatedAt: hoursBack(100) });

    expect(judged(stuckBefore, seen("v1", 101)).hasDrifted).toBe(false);
    expect(judged(stuckBefore, seen("v1", 99)).hasDrifted).toBe(false);
    expect(judged(stuckBefore, seen("v1", 98.9)).hasDrifted).toBe(true);
  });

  it("is not repaired while a rotation has its intent written down: two changes would cross", () => {
    const applying = secret({ ...settled, v3: ["APPLYING AWSPENDING", 0.5] });

    expect(judged(applying, seen("v1", 1))).toEqual({ ...calm, ageDays: 10, hasDrifted: true });
  });

  it("is repaired first and rotated then, where both are wanted", () => {
    const due = secret(settled, { lastRotatedAt: daysAgo(33) });

    expect(judged(due, seen("v1", 1))).toEqual({
      ...calm,
      ageDays: 33,
      hasDrifted: true,
      repair: true,
      rotate: "due",
    });
  });
});

describe("a rotation that is turned off", () => {
  it.each([
    ["fresh", secret(settled, { rotationEnabled: false })],
    ["due", secret(settled, { rotationEnabled: false, lastRotatedAt: daysAgo(90) })],
    ["half-way", secret({ ...settled, v3: ["AWSPENDING", 5] }, { rotationEnabled: false })],
    ["empty", secret({}, { rotationEnabled: false })],
  ])("counts as stuck, and nobody turns it on again: %s", (_, metadata) => {
    const { isStuck, rotate } = judged(metadata);

    expect([isStuck, rotate]).toEqual([true, undefined]);
  });
});

it("a manual secret is measured by the age of its value, and never written", () => {
  const drifted = { versionId: "v9", at: now };
  const states = [secret({}), secret({ v1: ["AWSCURRENT", 2400], v2: ["AWSPENDING APPLYING", 99] }), secret(settled)];

  const verdicts = states.map((metadata) =>
    decide(
      { ...metadata, rotationEnabled: false, lastRotatedAt: daysAgo(500) },
      drifted,
      { ...rules, isManual: true },
      now,
    ),
  );

  expect(verdicts).toEqual([calm, { ...calm, ageDays: 100 }, { ...calm, ageDays: 10 }]);
});
