import type { ApiKeyState } from "../../../functions/credential-sweeper/decide";
import type { SweptSecret } from "../../../functions/credential-sweeper/registry";
import { sweep } from "../../../functions/credential-sweeper/sweep";
import type { SecretMetadata } from "../../../functions/shared/secret-metadata";
import { recorder } from "../support/http-events";

const start = Date.parse("2026-03-04T05:00:00Z");
const dayMs = 86_400_000;
const id = (version: number) => `00000000-0000-4000-8000-00000000000${version}`;

const billing: SweptSecret = {
  secretArn: "arn:billing",
  name: "billing",
  kind: "apigw-key",
  target: { usagePlanId: "plan" },
};
const graph: SweptSecret = {
  secretArn: "arn:graph",
  name: "graph",
  kind: "entra-client-secret",
  target: { tenantId: "t", applicationObjectId: "o", adminClientId: "c" },
  credentialSecretArn: "arn:admin",
};

/** Version 1 was before the former one, which is 2; 3 is current, since two days. */
const labels = (): SecretMetadata => ({
  versions: [[], ["AWSPREVIOUS"], ["AWSCURRENT", "LIVE"]].map((of, index) => ({
    versionId: id(index + 1),
    labels: of,
    createdAt: new Date(start - (62 - 30 * index) * dayMs),
  })),
  rotationEnabled: true,
});

/** Remote credentials over some days; a call that is named in `crashAt` has its effect, and then the run ends. */
function world() {
  const kept = recorder();
  const events: string[] = [];
  const keys = new Map<string, ApiKeyState>();
  for (const version of [1, 2, 3]) {
    const name = `billing-${id(version)}`;
    keys.set(`k${version}`, { id: `k${version}`, name, isEnabled: true, secretName: "billing" });
  }
  const passwords = new Map([1, 2, 3].map((version) => [`p${version}`, id(version)]));
  passwords.set("p9", "made by hand");
  const faults = { crashAt: "", unreadable: "", calls: 0 };
  let now = new Date(start);
  const did = (event: string) => {
    events.push(event);
    if (event === faults.crashAt) throw new Error("crash");
  };
  const run = async (day: number, registry: readonly SweptSecret[] = [billing, graph]) => {
    now = new Date(start + day * dayMs);
    const from = events.length;
    const error: unknown = await sweep(
      registry,
      { now, graceSeconds: 30 * 3600 },
      {
        async metadata(secretArn) {
          did("labels");
          if (secretArn === faults.unreadable) throw new Error("unreadable");
          return labels();
        },
        apiKeys: {
          async list() {
            did("list keys");
            return [...keys.values()];
          },
          async disable(key) {
            const state = keys.get(key);
            if (state) keys.set(key, { ...state, isEnabled: false, changedAt: now });
            did(`disable ${key}`);
          },
          async remove(key) {
            keys.delete(key);
            did(`remove ${key}`);
          },
          callsAfter: async () => faults.calls,
        },
        application: async () => ({
          async passwords() {
            did("list passwords");
            return [...passwords].map(([keyId, displayName]) => ({ keyId, displayName }));
          },
          async removePassword(keyId) {
            passwords.delete(keyId);
            did(`remove ${keyId}`);
          },
        }),
        pause: async () => did("pause"),
        record: kept.record,
        log: kept.log,
      },
    ).then(
      () => undefined,
      (reason) => reason,
    );
    return { error, events: events.slice(from) };
  };
  return { ...kept, keys, passwords, faults, run };
}

describe("the sweep", () => {
  it("reads what is there first and the labels afterwards, so that a key made meanwhile is not taken for nobody's", async () => {
    const { run } = world();

    const { events, error } = await run(0);

    expect(error).toBeUndefined();
    expect(events).toEqual([
      "list keys",
      "list passwords",
      "pause",
      "labels",
      "disable k1",
      "disable k2",
      "labels",
      "remove p1",
    ]);
  });

  it("removes a key a week after it was disabled, and no client secret but the one without a label", async () => {
    const { run, keys, passwords } = world();

    for (let day = 0; day < 7; day++) await run(day);
    expect([...keys.keys()]).toEqual(["k1", "k2", "k3"]);
    await run(7);

    expect([...keys.keys()]).toEqual(["k3"]);
    expect([...passwords.keys()]).toEqual(["p2", "p3", "p9"]);
  });

  it("keeps and reports a key that somebody still calls with, and removes it when they stop", async () => {
    const { run, keys, faults, samples, lines } = world();
    await run(0, [billing]);
    faults.calls = 3;

    await run(8, [billing]);
    expect(keys.size).toBe(3);
    expect(samples.at(-1)).toEqual({ dimension: "Secret", value: "billing", samples: { CredentialStillUsed: 2 } });
    expect(lines.at(-1)).toMatchObject({ level: "warn", message: "key-still-used" });

    faults.calls = 0;
    await run(9, [billing]);
    expect([...keys.keys()]).toEqual(["k3"]);
    expect(samples.at(-1)?.samples).toEqual({ CredentialStillUsed: 0 });
  });

  it.each(["list keys", "list passwords", "labels", "disable k1", "disable k2", "remove k1", "remove k2", "remove p1"])(
    "goes on the next day after a crash at: %s",
    async (crashAt) => {
      const { run, keys, passwords, faults } = world();
      faults.crashAt = crashAt;
      const crashed = [await run(0), await run(7)].some(({ error }) => error !== undefined);
      faults.crashAt = "";

      await run(8);
      await run(15);

      expect(crashed).toBe(true);
      expect([...keys.keys()]).toEqual(["k3"]);
      expect([...passwords.keys()]).toEqual(["p2", "p3", "p9"]);
    },
  );

  it("of one secret that fails stops no other, and fails the run under its name", async () => {
    const { run, passwords, faults, lines, samples } = world();
    faults.unreadable = "arn:billing";

    const { error } = await run(0);

    expect(error).toMatchObject({ name: "SweepError", message: "The sweep failed for billing." });
    expect([...passwords.keys()]).toEqual(["p2", "p3", "p9"]);
    expect(samples.map(({ value }) => value)).toEqual(["graph"]);
    expect(lines[0]).toMatchObject({ level: "error", message: "sweep-failed", fields: { secretName: "billing" } });
  });
});
