import { type AuditPorts, audit } from "../../../functions/rotation-auditor/audit";
import type { KeySeen } from "../../../functions/rotation-auditor/decide";
import type { AuditMode } from "../../../functions/rotation-auditor/rotation-token";
import type { SecretMetadata } from "../../../functions/shared/secret-metadata";
import { recorder } from "../support/http-events";

const now = new Date("2026-03-04T05:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const fresh: SecretMetadata = {
  versions: [{ versionId: "v2", labels: ["AWSCURRENT", "LIVE"], createdAt: hoursAgo(240) }],
  rotationEnabled: true,
};
const due: SecretMetadata = { ...fresh, lastRotatedAt: hoursAgo(33 * 24) };
const found: SecretMetadata = {
  ...fresh,
  versions: [{ versionId: "v1", labels: ["AWSCURRENT"], createdAt: hoursAgo(48) }],
};
const seenOld: KeySeen = { versionId: "v1", at: hoursAgo(1) };

interface World {
  readonly secrets: Readonly<Record<string, SecretMetadata | "unreadable">>;
  readonly seen?: KeySeen;
  readonly invoke?: AuditPorts["invoke"];
  readonly rotate?: AuditPorts["rotate"];
  readonly mode?: AuditMode;
  readonly manual?: boolean;
}

async function audited({ secrets, seen, invoke, rotate, mode = "check", manual = false }: World) {
  const kept = recorder();
  const events: string[] = [];
  const tokens: string[] = [];
  const registry = Object.keys(secrets).map((name) => ({
    secretArn: `arn:${name}`,
    name,
    kind: "github-app-hook",
    maxAgeDays: 32,
    source: "github" as const,
    ...(!manual && { rotatorName: "rotator" }),
  }));
  const error: unknown = await audit(mode, registry, now, {
    async metadata(secretArn) {
      const metadata = secrets[secretArn.slice("arn:".length)];
      if (metadata === undefined || metadata === "unreadable") throw new Error("canary");
      return metadata;
    },
    keySeen: async () => seen,
    async rotate(secretArn, token) {
      tokens.push(token);
      events.push(`rotate ${secretArn}`);
      return rotate ? rotate(secretArn, token) : "started";
    },
    async invoke(rotatorName, request) {
      events.push(`${rotatorName} ${JSON.stringify(request)}`);
      return invoke ? invoke(rotatorName, request) : "done";
    },
    pause: async () => void events.push("pause"),
    record: kept.record,
    log: kept.log,
  }).then(
    () => undefined,
    (reason) => reason,
  );
  return { ...kept, events, tokens, error };
}

const sample = (value: string, SecretAgeDays: number, more: object = {}) => ({
  dimension: "Secret",
  value,
  samples: { SecretAgeDays, SenderDrift: 0, RotationStuck: 0, NotAdopted: 0, ...more },
});

describe("a secret that is fresh", () => {
  it("leaves evidence in a check", async () => {
    const { events, samples, lines, error } = await audited({ secrets: { a: fresh } });

    expect(error).toBeUndefined();
    expect(events).toEqual([]);
    expect(samples).toEqual([sample("a", 10)]);
    expect(lines).toEqual([{ level: "info", message: "secret-fresh", fields: { secretName: "a", ageDays: 10 } }]);
  });

  it("is passed over by the second trigger, and measured all the same", async () => {
    const { events, samples, lines } = await audited({ secrets: { a: fresh }, mode: "rotate" });

    expect([events, lines]).toEqual([[], []]);
    expect(samples).toEqual([sample("a", 10)]);
  });
});

describe("rotations", () => {
  it.each(["check", "rotate"] as const)("begin one after the other (%s)", async (mode) => {
    const { events, samples } = await audited({ secrets: { a: due, b: fresh, c: due, d: due }, mode });

    expect(events).toEqual(["rotate arn:a", "pause", "rotate arn:c", "pause", "rotate arn:d"]);
    expect(samples).toEqual([sample("a", 33), sample("b", 10), sample("c", 33), sample("d", 33)]);
  });

  it("have the same token where the trigger arrives twice", async () => {
    const [first, second] = [await audited({ secrets: { a: due } }), await audited({ secrets: { a: due } })];

    expect(second.tokens).toEqual(first.tokens);
    expect(first.tokens).toHaveLength(1);
  });

  it("that have begun on schedule in the same minute are no fault", async () => {
    const { error, lines } = await audited({ secrets: { a: due }, rotate: async () => "in-progress" });

    expect(error).toBeUndefined();
    expect(lines).toEqual([
      {
        level: "info",
        message: "rotation-asked-for",
        fields: { secretName: "a", reason: "due", outcome: "in-progress" },
      },
    ]);
  });

  it("that are turned off are stuck and said so, and not turned on", async () => {
    const { events, samples, lines } = await audited({ secrets: { a: { ...due, rotationEnabled: false } } });

    expect(events).toEqual([]);
    expect(samples).toEqual([sample("a", 33, { RotationStuck: 1 })]);
    expect(lines).toEqual([{ level: "error", message: "rotation-turned-off", fields: { secretName: "a" } }]);
  });
});

describe("adoption", () => {
  const ask = (confirmed: boolean) => `rotator {"SecretId":"arn:a","action":"adopt","confirmed":${confirmed}}`;

  it.each([
    ["a delivery proves it", { versionId: "v1", at: now }, true],
    ["the rotator must find out", undefined, false],
  ])("is asked of the rotator: %s", async (_, seen, confirmed) => {
    const { events, samples } = await audited({ secrets: { a: found }, ...(seen && { seen }) });

    expect(events).toEqual([ask(confirmed)]);
    expect(samples).toEqual([sample("a", 2)]);
  });

  it("that the rotator refuses is measured, and the run goes on to its end", async () => {
    const { samples, error } = await audited({ secrets: { a: found }, invoke: async () => "refused" });

    expect(error).toBeUndefined();
    expect(samples).toEqual([sample("a", 2, { NotAdopted: 1 })]);
  });

  it("that could not be asked for is measured and fails the run", async () => {
    const { samples, error } = await audited({ secrets: { a: found }, invoke: () => Promise.reject(new Error("x")) });

    expect(error).toMatchObject({ name: "AuditError", message: "The audit failed for a." });
    expect(samples).toEqual([sample("a", 2, { NotAdopted: 1 })]);
  });
});

describe("a sender that signs with an old key", () => {
  it("is measured and repaired, before the rotation that is due", async () => {
    const { events, samples } = await audited({ secrets: { a: due }, seen: seenOld });

    expect(events).toEqual([`rotator {"SecretId":"arn:a","action":"repair"}`, "rotate arn:a"]);
    expect(samples).toEqual([sample("a", 33, { SenderDrift: 1 })]);
  });

  it("is measured only, while a rotation is changing it", async () => {
    const applying = { versionId: "v3", labels: ["APPLYING", "AWSPENDING"], createdAt: hoursAgo(0.5) };
    const { events, samples } = await audited({
      secrets: { a: { ...fresh, versions: [...fresh.versions, applying] } },
      seen: seenOld,
    });

    expect(events).toEqual([]);
    expect(samples).toEqual([sample("a", 10, { SenderDrift: 1 })]);
  });

  it("that the rotator refuses to repair fails the run, and is rotated all the same", async () => {
    const { events, error } = await audited({ secrets: { a: due }, seen: seenOld, invoke: async () => "refused" });

    expect(events.at(-1)).toBe("rotate arn:a");
    expect(error).toMatchObject({ name: "AuditError" });
  });
});

it("a manual secret is measured, and nothing is asked of anybody", async () => {
  const { events, samples } = await audited({
    secrets: { a: { ...found, rotationEnabled: false } },
    seen: seenOld,
    manual: true,
  });

  expect(events).toEqual([]);
  expect(samples).toEqual([sample("a", 2)]);
});

it("a secret that fails stops no other, is named, and fails the run; its error is not quoted", async () => {
  const rotate: AuditPorts["rotate"] = async (secretArn) => {
    if (secretArn === "arn:b") throw new Error("canary");
    return "started";
  };

  const { events, samples, lines, error } = await audited({ secrets: { a: "unreadable", b: due, c: due }, rotate });

  expect(error).toMatchObject({ message: "The audit failed for a, b." });
  expect(events).toEqual(["rotate arn:b", "pause", "rotate arn:c"]);
  expect(samples.map(({ value }) => value)).toEqual(["b", "c"]);
  expect(lines.filter(({ level }) => level === "error").map(({ fields }) => fields)).toEqual([
    expect.objectContaining({ secretName: "a", errorName: "Error" }),
    expect.objectContaining({ secretName: "b", errorName: "Error" }),
  ]);
  expect(JSON.stringify(lines)).not.toContain("canary");
});
