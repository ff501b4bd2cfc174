import type { RegistryEntry } from "../../../../functions/rotate-secret/registry";
import { brokenRuns } from "../../support/every-fault";
import { FakeSpacelift } from "../../support/fake-spacelift";
import { strategyWith, targets } from "../../support/strategy-of";

const entry: RegistryEntry = {
  secretArn: "arn:one",
  maxAgeDays: 32,
  name: "spacelift-webhook",
  credentialSecretArn: "arn:credential",
  kind: "spacelift-named-webhook",
  target: targets["spacelift-named-webhook"],
};

function set() {
  const account = new FakeSpacelift();
  return { account, ...strategyWith(entry, { fetcher: account.http.fetch }) };
}
const webhook = {
  id: "hook-1",
  name: "platform",
  endpoint: "https://api.example.com/webhooks/spacelift",
  enabled: true,
  space: { id: "root" },
  labels: ["b", "a"],
  retryOnFailure: true,
};

describe("the secret of a Spacelift webhook", () => {
  it("is set, and everything else of the webhook stays", async () => {
    const { account, strategy } = set();

    await strategy.apply("new", "v2");

    expect(account.secret).toBe("new");
    expect(account.webhook).toEqual(webhook);
    // Key for a token, read, write, read; no credential in an address or after a redirect.
    expect(account.http.calls).toEqual(new Array(4).fill("POST /graphql"));
    expect(account.http.requests.map(({ redirect }) => redirect)).toEqual(new Array(4).fill("error"));
  });

  it("is 32 random bytes", async () => {
    expect(await set().strategy.create("v2")).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same after any fault at any call and a second attempt", async () => {
    const fresh = () => {
      const { account, strategy } = set();
      const state = () => ({ ...account.webhook, secret: account.secret });
      return { http: account.http, act: () => strategy.apply("new", "v2"), state };
    };

    expect(await brokenRuns(fresh)).toEqual([]);
  });

  it.each([
    ["name", "renamed"],
    ["endpoint", "https://other.example.com"],
    ["enabled", false],
    ["space", { id: "other" }],
    ["labels", ["b"]],
    ["retryOnFailure", false],
  ])("is set without undoing somebody's edit of the %s after the write", async (field, edited) => {
    const { account, strategy } = set();
    account.edit = (writes) => {
      // Whoever edits the object whole may bring a secret of his own.
      if (writes === 1) Object.assign(account, { webhook: { ...webhook, [field]: edited }, secret: "theirs" });
    };

    await strategy.apply("new", "v2");

    expect(account.webhook).toEqual({ ...webhook, [field]: edited });
    expect(account.secret).toBe("new");
  });

  it("is set in one round where only the order of the labels differs", async () => {
    const { account, strategy } = set();
    account.edit = () => Object.assign(account, { webhook: { ...account.webhook, labels: ["a", "b"] } });

    await strategy.apply("new", "v2");

    expect(account.http.requests).toHaveLength(4);
  });

  it("is given up after three rounds with an edit in each", async () => {
    const { account, strategy } = set();
    account.edit = (writes) => Object.assign(account, { webhook: { ...webhook, name: `edit-${writes}` } });

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "SenderError:edited" });
    expect(account.webhook).toMatchObject({ name: "edit-3" });
  });

  it("is not written where the function may end before", async () => {
    const { account, strategy, pacing } = set();
    await pacing.sleep(50_001);

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "RotationError:no-time" });
    expect(account.secret).toBe("old");
  });

  it("can not be proved, and no delivery is made for it that could fail", async () => {
    const { account, strategy } = set();

    expect(await strategy.verify(() => Promise.reject(new Error("read")), "v2")).toBe("unverifiable");
    expect(account.http.requests).toEqual([]);
  });

  it("of a webhook that is gone is nowhere to set", async () => {
    const { account, strategy } = set();
    account.webhook = null;

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "SenderError:not-found" });
    await expect(strategy.dryRun()).rejects.toMatchObject({ name: "SenderError:not-found" });
  });

  it("is not set by a key that Spacelift does not know", async () => {
    const account = new FakeSpacelift();
    const { strategy } = strategyWith(entry, { fetcher: account.http.fetch, credential: async () => "other" });

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "SpaceliftError" });
    expect(account.secret).toBe("old");
  });

  it("is not set where Spacelift refuses in an answer of status 200", async () => {
    const { account } = set();
    const target = { ...targets["spacelift-named-webhook"], webhookId: "hook-2" };
    const { strategy } = strategyWith({ ...entry, target }, { fetcher: account.http.fetch });

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name: "SpaceliftError", status: 200 });
  });

  it.each(["time-out", 401, 500] as const)("fails at once on %s for ever", async (fault) => {
    const { account, strategy } = set();
    account.http.fault = () => fault;
    const name = fault === "time-out" ? "TimeoutError" : "SpaceliftError";

    await expect(strategy.apply("new", "v2")).rejects.toMatchObject({ name });
    await expect(strategy.dryRun()).rejects.toMatchObject({ name });
  });

  it.each([
    ["is disabled", { enabled: false }],
    ["does not send again after a failure", { retryOnFailure: false }],
    ["does not say whether it sends again", { retryOnFailure: null }],
  ])("fails the test of the configuration where the webhook %s, and writes nothing", async (_what, change) => {
    const { account, strategy } = set();
    await strategy.dryRun();

    Object.assign(account.webhook ?? {}, change);

    await expect(strategy.dryRun()).rejects.toMatchObject({ name: "SenderError:settings" });
    expect(account.secret).toBe("old");
  });
});
