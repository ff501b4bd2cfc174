import type { RegistryEntry } from "../../../../functions/rotate-secret/registry";
import { githubHookStrategy } from "../../../../functions/rotate-secret/strategies/github-hook";
import { brokenRuns } from "../../support/every-fault";
import { FakeHooks } from "../../support/fake-hooks";
import { FakePacing } from "../../support/fake-pacing";
import { strategyWith, targets } from "../../support/strategy-of";

const common = { secretArn: "arn:one", maxAgeDays: 32, name: "github-webhook", credentialSecretArn: "arn:credential" };
const repositoryHook: RegistryEntry = { ...common, kind: "github-repo-hook", target: targets["github-repo-hook"] };
const organizationHook: RegistryEntry = { ...common, kind: "github-org-hook", target: targets["github-org-hook"] };

function set(entry = repositoryHook) {
  const hooks = new FakeHooks();
  const { strategy, pacing } = strategyWith(entry, { fetcher: hooks.http.fetch });
  hooks.now = pacing.now;
  return { hooks, strategy, pacing };
}
const value = async () => "new";

describe("the secret of an installed webhook", () => {
  it.each([
    [
      repositoryHook,
      "/repos/example/platform",
      { repositories: ["platform"], permissions: { repository_hooks: "write" } },
    ],
    [organizationHook, "/orgs/example", { permissions: { organization_hooks: "write" } }],
  ])("is set by the hook's configuration with a token for hooks alone: $kind", async (entry, place, granted) => {
    const { hooks, strategy } = set(entry);

    await strategy.apply("new", "v2");

    expect(hooks.config.secret).toBe("new");
    expect(hooks.granted).toEqual([granted]);
    expect(hooks.http.calls).toEqual([
      `GET ${place}/installation`,
      "POST /app/installations/5/access_tokens",
      `PATCH ${place}/hooks/9/config`,
    ]);
    // Nothing else of the configuration is written.
    expect(hooks.http.requests.at(-1)?.body).toBe('{"secret":"new"}');
    expect(hooks.http.requests.at(-1)?.headers.authorization).toBe("Bearer ghs_canary-token");
  });

  it("is 32 random bytes, and another one each time", async () => {
    const { strategy } = set();
    const first = await strategy.create("v2");

    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await strategy.create("v2")).not.toBe(first);
  });

  it("is the same after any fault at any call and a second attempt", async () => {
    const fresh = () => {
      const { hooks, strategy } = set();
      return { http: hooks.http, act: () => strategy.apply("new", "v2"), state: () => hooks.config };
    };

    expect(await brokenRuns(fresh)).toEqual([]);
  });

  it.each([repositoryHook, organizationHook])("is proved by a ping that the receiver takes: $kind", async (entry) => {
    const { hooks, strategy } = set(entry);

    expect(await strategy.verify(value, "v2")).toBe("verified");
    expect(hooks.attempts.map(({ event }) => event)).toEqual(["ping"]);
  });

  it("is not proved by a ping of before, whatever GitHub's clock says", async () => {
    const { hooks, strategy, pacing } = set();
    hooks.now = () => pacing.now() + 60_000;
    hooks.deliver("ping", "earlier");
    hooks.deliver("push", "other");
    hooks.receiver = new Array(100).fill(401);

    await expect(strategy.verify(value, "v2")).rejects.toMatchObject({ name: "RotationError:not-verified" });
  });

  it("is proved by GitHub's times that lie before our ping", async () => {
    const { hooks, strategy, pacing } = set();
    hooks.now = () => pacing.now() - 60_000;

    expect(await strategy.verify(value, "v2")).toBe("verified");
  });

  it("is asked for again where the receiver was without its keys", async () => {
    const { hooks, strategy, pacing } = set();
    hooks.receiver = [503, 503];

    expect(await strategy.verify(value, "v2")).toBe("verified");
    expect(hooks.attempts.map(({ status_code }) => status_code)).toEqual([202, 503, 503]);
    expect(pacing.sleeps).toEqual([2000, 2000]);
  });

  it("fails in time where the receiver refuses it for ever, and leaves time to say so", async () => {
    const { hooks, strategy, pacing } = set();
    hooks.receiver = new Array(100).fill(401);

    await expect(strategy.verify(value, "v2")).rejects.toMatchObject({ name: "RotationError:not-verified" });
    expect(pacing.remainingMs()).toBeGreaterThanOrEqual(10_000);
  });

  it.each(["time-out", 403, 404, 500] as const)("fails at once on %s for ever", async (fault) => {
    const { hooks, strategy } = set();
    hooks.http.fault = () => fault;
    const name = fault === "time-out" ? "TimeoutError" : "GithubError";

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name });
    await expect(strategy.verify(value, "v2")).rejects.toMatchObject({ name });
    await expect(strategy.dryRun()).rejects.toMatchObject({ name });
    expect(hooks.config.secret).toBe("old");
  });

  it("is not written by a test of the configuration, which fails for a hook that cannot be verified", async () => {
    const { hooks, strategy } = set();

    await strategy.dryRun();
    expect(hooks.http.calls.filter((call) => call.startsWith("PATCH"))).toEqual([]);

    hooks.config.content_type = "form";
    await expect(strategy.dryRun()).rejects.toMatchObject({ name: "SenderError:settings" });
    Object.assign(hooks.config, { content_type: "json", insecure_ssl: 1 });
    await expect(strategy.dryRun()).rejects.toMatchObject({ name: "SenderError:settings" });
  });

  it("of a hook that cannot be pinged proves nothing", async () => {
    const hook = {
      settings: async () => ({ contentType: "json", insecureSsl: "0" }),
      setSecret: async () => {},
      attempts: async () => [],
      redeliver: async () => {},
    };
    const strategy = githubHookStrategy({ hook, pacing: new FakePacing(), randomBytes: () => new Uint8Array(32) });

    expect(await strategy.verify(value, "v2")).toBe("unverifiable");
  });
});
