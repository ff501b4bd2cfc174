import type { RegistryEntry } from "../../../../functions/rotate-secret/registry";
import { brokenRuns } from "../../support/every-fault";
import { FakeHooks } from "../../support/fake-hooks";
import { strategyWith } from "../../support/strategy-of";

const entry: RegistryEntry = {
  secretArn: "arn:one",
  maxAgeDays: 32,
  name: "github-webhook",
  credentialSecretArn: "arn:credential",
  kind: "github-app-hook",
  target: {},
};

function set() {
  const hooks = new FakeHooks();
  const { strategy, pacing } = strategyWith(entry, { fetcher: hooks.http.fetch });
  hooks.now = pacing.now;
  return { hooks, strategy, pacing };
}
const value = async () => "new";
const hour = 3_600_000;

describe("the secret of the App's own webhook", () => {
  it("is set with the App's own token, without an installation's", async () => {
    const { hooks, strategy } = set();

    await strategy.apply("new", "v2");

    expect(hooks.config.secret).toBe("new");
    expect(hooks.http.calls).toEqual(["PATCH /app/hook/config"]);
    expect(hooks.http.requests[0]?.headers.authorization).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it("is the same after any fault at any call and a second attempt", async () => {
    const fresh = () => {
      const { hooks, strategy } = set();
      return { http: hooks.http, act: () => strategy.apply("new", "v2"), state: () => hooks.config };
    };

    expect(await brokenRuns(fresh)).toEqual([]);
  });

  it("is proved by the last taken delivery, sent again and taken again", async () => {
    const { hooks, strategy } = set();
    hooks.deliver("push", "older", hour);
    hooks.receiver = [202, 410];
    hooks.deliver("push", "taken", 60_000);
    hooks.deliver("push", "refused", 30_000);

    expect(await strategy.verify(value, "v2")).toBe("verified");
    expect(hooks.attempts.map(({ guid }) => guid)).toEqual(["taken", "refused", "taken", "older"]);
  });

  it("of a quiet App is proved by a delivery of the last day", async () => {
    const { hooks, strategy } = set();
    hooks.deliver("push", "older", 23 * hour);

    expect(await strategy.verify(value, "v2")).toBe("verified");
    expect(hooks.attempts.map(({ guid }) => guid)).toEqual(["older", "older"]);
  });

  it.each([
    ["no delivery at all", () => {}],
    ["a delivery two days old", (hooks: FakeHooks) => hooks.deliver("push", "old", 48 * hour)],
    [
      "refused deliveries only",
      (hooks: FakeHooks) => {
        hooks.receiver = [401];
        hooks.deliver("push", "refused", 60_000);
      },
    ],
  ])("can not be proved with %s, and nothing is sent", async (_what, prepare) => {
    const { hooks, strategy } = set();
    prepare(hooks);
    const before = hooks.attempts.length;

    expect(await strategy.verify(value, "v2")).toBe("unverifiable");
    expect(hooks.attempts).toHaveLength(before);
  });

  it("fails in time where the delivery sent again is refused for ever", async () => {
    const { hooks, strategy, pacing } = set();
    hooks.deliver("push", "taken", 60_000);
    hooks.receiver = new Array(100).fill(401);

    await expect(strategy.verify(value, "v2")).rejects.toMatchObject({ name: "RotationError:not-verified" });
    expect(pacing.remainingMs()).toBeGreaterThanOrEqual(10_000);
  });

  it.each(["time-out", 401, 500] as const)("fails at once on %s for ever", async (fault) => {
    const { hooks, strategy } = set();
    hooks.http.fault = () => fault;
    const name = fault === "time-out" ? "TimeoutError" : "GithubError";

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name });
    await expect(strategy.verify(value, "v2")).rejects.toMatchObject({ name });
    await expect(strategy.dryRun()).rejects.toMatchObject({ name });
  });

  it("is not written by a test of the configuration", async () => {
    const { hooks, strategy } = set();

    await strategy.dryRun();

    expect(hooks.http.calls).toEqual(["GET /app/hook/config"]);
  });

  it("can not be set without the App's key", async () => {
    const hooks = new FakeHooks();
    const credential = () => Promise.reject(new Error("none"));
    const { strategy } = strategyWith(entry, { fetcher: hooks.http.fetch, credential });

    await expect(strategy.apply("new", "v2")).rejects.toThrow("none");
    expect(hooks.http.calls).toEqual([]);
  });
});
