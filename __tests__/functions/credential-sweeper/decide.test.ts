import { type ApiKeyState, isPasswordRetired, judgeKey } from "../../../functions/credential-sweeper/decide";
import type { SecretMetadata } from "../../../functions/shared/secret-metadata";

const now = new Date("2026-03-04T05:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const graceSeconds = 30 * 3600;
const id = (version: number) => `00000000-0000-4000-8000-00000000000${version}`;

/** Versions 1, 2 and so on with these labels; AWSCURRENT was written so many hours ago, the others long before. */
function metadata(labels: readonly string[], currentHours = 31, more: Partial<SecretMetadata> = {}): SecretMetadata {
  const versions = labels.map((text, index) => ({
    versionId: id(index + 1),
    labels: text.split(" ").filter((label) => label !== ""),
    createdAt: hoursAgo(text.includes("AWSCURRENT") ? currentHours : 900 - index),
  }));
  return { versions, rotationEnabled: true, ...more };
}

const unmarked = { id: "k", name: `billing-${id(1)}`, isEnabled: true };
const keyOf = (version: number, more: Partial<ApiKeyState> = {}): ApiKeyState => ({
  ...unmarked,
  name: `billing-${id(version)}`,
  secretName: "billing",
  ...more,
});
const verdict = (key: ApiKeyState, secret: SecretMetadata) =>
  judgeKey(key, { name: "billing", metadata: secret }, graceSeconds, now);

describe("an enabled key", () => {
  it.each([
    ["", "disable"],
    ["AWSPREVIOUS", "disable"],
    ["FORMER", "disable"],
    ["AWSPREVIOUS FORMER", "disable"],
    ["LIVE", "keep"],
    ["APPLYING", "keep"],
    ["AWSPENDING", "keep"],
    ["AWSPREVIOUS LIVE", "keep"],
    ["AWSPREVIOUS APPLYING", "keep"],
    ["by-hand", "keep"],
  ])("of a version with the labels %j: %s", (labels, kind) => {
    expect(verdict(keyOf(1), metadata([labels, "AWSCURRENT"]))).toEqual({ kind });
  });

  it("of the current version is kept", () => {
    expect(verdict(keyOf(2), metadata(["AWSPREVIOUS", "AWSCURRENT"]))).toEqual({ kind: "keep" });
  });

  it.each([
    ["since the current value was written", metadata(["AWSPREVIOUS", "AWSCURRENT"], 29.9), "keep"],
    ["and is over to the second", metadata(["AWSPREVIOUS", "AWSCURRENT"], 30), "disable"],
    [
      "since the secret last changed",
      metadata(["AWSPREVIOUS", "AWSCURRENT"], 99, { lastChangedAt: hoursAgo(29.9) }),
      "keep",
    ],
    ["and both are over", metadata(["AWSPREVIOUS", "AWSCURRENT"], 99, { lastChangedAt: hoursAgo(30) }), "disable"],
    ["which does not end without a current value", metadata(["AWSPREVIOUS", "LIVE"]), "keep"],
  ])("has a grace %s", (_, secret, kind) => {
    expect(verdict(keyOf(1), secret)).toEqual({ kind });
  });
});

describe("a key that another made", () => {
  const secret = metadata(["", "AWSCURRENT"]);

  it.each([
    ["without the tag", unmarked],
    ["with another secret's tag", keyOf(1, { secretName: "billing-eu" })],
    ["with another name", keyOf(1, { name: `billing2-${id(1)}` })],
    ["with no version in its name", keyOf(1, { name: "billing-canary" })],
    ["with a version that this secret never had, as in another environment", keyOf(9)],
  ])("is never touched: %s", (_, key) => {
    expect(verdict(key, secret)).toEqual({ kind: "keep" });
    expect(verdict({ ...key, isEnabled: false, changedAt: hoursAgo(9999) }, secret)).toEqual({ kind: "keep" });
  });
});

describe("a disabled key", () => {
  const week = 7 * 24;

  it.each([
    ["is kept for a week", { changedAt: hoursAgo(week - 0.1) }, { kind: "keep" }],
    [
      "may go then, if nobody has called with it",
      { changedAt: hoursAgo(week) },
      { kind: "ask-usage", usedSince: hoursAgo(week) },
    ],
    ["is kept where nobody knows since when", {}, { kind: "keep" }],
  ])("%s", (_, changed, expected) => {
    expect(verdict(keyOf(1, { isEnabled: false, ...changed }), metadata(["", "AWSCURRENT"]))).toEqual(expected);
  });

  it("of a version that has a label is kept", () => {
    const key = keyOf(1, { isEnabled: false, changedAt: hoursAgo(9999) });

    expect(verdict(key, metadata(["LIVE", "AWSCURRENT"]))).toEqual({ kind: "keep" });
  });
});

describe("a client secret of Entra ID", () => {
  const retired = (displayName: string | undefined, secret: SecretMetadata) =>
    isPasswordRetired(displayName, secret, graceSeconds, now);

  it.each(["AWSPREVIOUS", "FORMER", "LIVE", "APPLYING", "AWSPENDING", "AWSCURRENT"])("labelled %s is kept", (label) => {
    expect(retired(id(1), metadata([label, "AWSCURRENT"]))).toBe(false);
  });

  it("without a label is removed when the newest value has had its grace", () => {
    expect(retired(id(1), metadata(["", "AWSCURRENT"], 30))).toBe(true);
    expect(retired(id(1), metadata(["", "AWSCURRENT"], 29.9))).toBe(false);
  });

  it("is kept where a version waits for its value, or none has a label", () => {
    const waiting = metadata(["", "AWSCURRENT"], 99);

    const versions = [...waiting.versions, { versionId: id(3), labels: ["AWSPENDING"] }];
    expect(retired(id(1), { ...waiting, versions })).toBe(false);
    expect(retired(id(1), metadata(["", ""]))).toBe(false);
  });

  it.each([undefined, "", "made by hand", "latest", id(9)])("that another made is never touched: %j", (displayName) => {
    expect(retired(displayName, metadata(["", "AWSCURRENT"], 99))).toBe(false);
  });

  it("with a name of another form is never touched, even if somebody wrote a version under that name", () => {
    const versionId = "made-by-hand-made-by-hand-made-by-hand";
    const known = metadata(["", "AWSCURRENT"], 99);

    expect(retired(versionId, { ...known, versions: [...known.versions, { versionId, labels: [] }] })).toBe(false);
  });
});
