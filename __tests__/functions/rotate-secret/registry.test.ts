import { readRegistry, registryEntry } from "../../../functions/rotate-secret/registry";

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}-AbCdEf`;
const entry = (kind: string, target: object, credential?: string) => ({
  secretArn: arn(kind),
  maxAgeDays: 32,
  name: kind,
  kind,
  target,
  ...(credential !== undefined && { credentialSecretArn: arn(credential) }),
});
const all = [
  entry("github-repo-hook", { repository: "example/platform", hookId: 9 }, "github-app"),
  entry("github-org-hook", { organization: "example", hookId: 9 }, "github-app"),
  entry("github-app-hook", {}, "github-app"),
  entry(
    "spacelift-named-webhook",
    { endpoint: "https://example.app.spacelift.io/graphql", webhookId: "hook-1", apiKeyId: "key-1" },
    "spacelift-api-key",
  ),
  entry("apigw-key", { usagePlanId: "plan-1", canaryUrl: "https://api.example.com/canary" }),
  entry("generic-random", { length: 32, alphabet: "abc" }),
  entry(
    "entra-client-secret",
    { tenantId: "t", applicationObjectId: "o", clientId: "c", adminClientId: "a" },
    "entra-admin",
  ),
];
const read = (...rows: unknown[]) => readRegistry(JSON.stringify(rows));

describe("the registry", () => {
  it("has an entry of every kind", () => {
    expect(read(...all)).toEqual(all);
  });

  it("gives the entry of its secret, and refuses every other secret", () => {
    const entries = read(...all);

    expect(registryEntry(entries, arn("apigw-key"))).toEqual(all[4]);
    expect(() => registryEntry(entries, arn("somebody-else"))).toThrow(
      expect.objectContaining({ name: "EventRefused:foreign-secret" }),
    );
  });

  it.each([
    ["no JSON", "canary{"],
    ["no array", "{}"],
    ["an empty array", "[]"],
  ])("that is %s is refused", (_what, text) => {
    expect(() => readRegistry(text)).toThrow(/^REGISTRY is not a JSON array with an entry\.$/);
  });

  it("names every problem at once by noun and field, and quotes no value", () => {
    const rows = [
      { ...all[0], target: { repository: "canary/../canary", hookId: "canary" } },
      { ...all[2], credentialSecretArn: undefined, target: { canary: "canary" } },
      { ...all[4], name: "Canary Name", target: { usagePlanId: "plan-1", canaryUrl: "http://canary.test" } },
      { ...all[5], kind: "canary" },
      "canary",
    ];

    expect(() => read(...rows)).toThrow(
      "REGISTRY is not usable: github-repo-hook: target.repository; github-repo-hook: target.hookId; " +
        "github-app-hook: credentialSecretArn; github-app-hook: target; " +
        "entry 3: name; entry 3: target.canaryUrl; generic-random: kind; entry 5: form.",
    );
  });

  it.each([
    ["the same noun", { ...all[4], name: "generic-random" }],
    ["the same secret", { ...all[4], secretArn: arn("generic-random") }],
  ])("has no two entries of %s", (_what, second) => {
    expect(() => read(all[5], second)).toThrow(`REGISTRY is not usable: ${second.name}: listed twice.`);
  });

  it.each(["a", "aa", "aba", "x".repeat(257)])(
    "takes no alphabet with too few, equal or too many characters",
    (alphabet) => {
      expect(() => read(entry("generic-random", { length: 32, alphabet }))).toThrow(
        "REGISTRY is not usable: generic-random: target.alphabet.",
      );
    },
  );
});
