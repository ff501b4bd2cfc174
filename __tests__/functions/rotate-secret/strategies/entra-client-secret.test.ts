import type { RegistryEntry } from "../../../../functions/rotate-secret/registry";
import { brokenRuns } from "../../support/every-fault";
import { FakeEntra } from "../../support/fake-entra";
import { strategyWith, targets } from "../../support/strategy-of";

const entry: RegistryEntry = {
  secretArn: "arn:one",
  maxAgeDays: 32,
  name: "partner-client",
  credentialSecretArn: "arn:credential",
  kind: "entra-client-secret",
  target: targets["entra-client-secret"],
};

function set() {
  const entra = new FakeEntra();
  return { entra, ...strategyWith(entry, { fetcher: entra.http.fetch }) };
}
const endDateTime = "2026-05-04T02:00:00.000Z";

describe("a client secret of Entra ID", () => {
  it("is made by Entra ID under the version's id and ends after twice the allowed age", async () => {
    const { entra, strategy } = set();

    expect(await strategy.create("v2")).toBe("canary-text-1");
    expect(entra.passwords).toEqual([{ keyId: "id-1", displayName: "v2", endDateTime, secretText: "canary-text-1" }]);
    expect(entra.http.requests.map(({ redirect }) => redirect)).toEqual(["error", "error", "error"]);
  });

  it("replaces what a dead attempt at the same version left, and no other", async () => {
    const { entra, strategy } = set();
    const other = { displayName: "v1", endDateTime, secretText: "other" };
    const unnamed = { displayName: null, endDateTime, secretText: "unnamed" };
    entra.passwords = [
      { ...other, keyId: "a" },
      { ...unnamed, keyId: "b" },
    ];
    await strategy.create("v2");

    const second = await strategy.create("v2");

    expect(second).toBe("canary-text-2");
    expect(entra.passwords.map(({ displayName, secretText }) => [displayName, secretText])).toEqual([
      ["v1", "other"],
      [null, "unnamed"],
      ["v2", second],
    ]);
  });

  it("is one after any fault at any call and a second attempt", async () => {
    const fresh = () => {
      const { entra, strategy } = set();
      const state = () => entra.passwords.map(({ displayName }) => displayName);
      return { http: entra.http, act: () => strategy.create("v2"), state };
    };

    expect(await brokenRuns(fresh)).toEqual([]);
  });

  it("has nothing to be set, for Entra ID has it already", async () => {
    const { entra, strategy } = set();

    await strategy.apply("new", "v2");

    expect(entra.http.requests).toEqual([]);
  });

  it("is proved by a token, as soon as all of Entra ID knows it", async () => {
    const { entra, strategy, pacing } = set();
    const value = await strategy.create("v2");
    entra.replicationRequests = 3;

    expect(await strategy.verify(async () => value, "v2")).toBe("verified");
    expect(pacing.sleeps).toEqual([2000, 2000, 2000]);
  });

  it.each(["time-out", "before", 400, 500] as const)(
    "fails in time where a token request meets %s for ever",
    async (fault) => {
      const { entra, strategy, pacing } = set();
      const value = await strategy.create("v2");
      entra.http.fault = () => fault;

      await expect(strategy.verify(async () => value, "v2")).rejects.toMatchObject({
        name: "RotationError:not-verified",
      });
      expect(pacing.remainingMs()).toBeGreaterThanOrEqual(10_000);
    },
  );

  it.each(["time-out", 403, 500] as const)("is not made where Entra ID answers %s for ever", async (fault) => {
    const { entra, strategy } = set();
    entra.http.fault = () => fault;
    const name = fault === "time-out" ? "TimeoutError" : "EntraError";

    await expect(strategy.create("v2")).rejects.toMatchObject({ name });
    await expect(strategy.dryRun()).rejects.toMatchObject({ name });
    expect(entra.passwords).toEqual([]);
  });

  it("is not made by a test of the configuration", async () => {
    const { entra, strategy } = set();

    await strategy.dryRun();

    expect(entra.http.calls).toEqual(["POST /tenant-1/oauth2/v2.0/token", "GET /v1.0/applications/object-1"]);
  });
});
