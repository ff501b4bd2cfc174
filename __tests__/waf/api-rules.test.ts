import { estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { type ApiRuleSettings, apiRules } from "../../src/waf/api-rules";
import { capacityUnits } from "../../src/waf/capacity";
import { labelOf, type ManagedGroup, managedGroups } from "../../src/waf/catalogue";
import { type GroupRule, type Rollout, ruleConfig, type WebAclRule } from "../../src/waf/rule";

const set = (name: string) => ({ v4: `${name}-v4`, v6: `${name}-v6` });
const settings: ApiRuleSettings = {
  pathPrefix: "/live",
  blockedCountries: ["KP", "IR"],
  rateWindowSeconds: 300,
  ratePerIp: 2000,
  writeRatePerIp: 500,
  ratePerToken: 3000,
  webhookRatePerIp: 15_000,
  anonymousRatePerIp: 200,
  githubSource: "count",
  anonymousIp: "count",
  groupVersions: {},
  ipSetArns: { deny: set("deny"), allow: set("allow"), github: set("github") },
};
const rules = apiRules(settings);

type Json = Record<string, unknown>;
const config = (name: string, rollout: Rollout = "enforce"): Json => {
  const rule = rules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`There is no rule ${name}.`);
  return ruleConfig(rule, rollout);
};
const groups = rules.filter((rule): rule is Extract<WebAclRule, GroupRule<ManagedGroup>> => "group" in rule);

/** Every pattern of a statement, wherever it stands. */
function patterns(statement: unknown): string[] {
  if (typeof statement !== "object" || statement === null) return [];
  return Object.entries(statement).flatMap(([key, inner]) => (key === "regex_string" ? [inner] : patterns(inner)));
}

it("the rules stand in this order", () => {
  expect(rules.map(({ priority, name }) => `${priority} ${name}`)).toEqual([
    "0 ip-deny",
    "10 ip-allow-label",
    "20 geo-block",
    "30 require-user-agent",
    "40 webhook-method",
    "50 webhook-signature-shape",
    "52 webhook-github-source",
    "60 api-token-shape",
    "70 rate-ip-global",
    "71 rate-ip-writes",
    "72 rate-webhooks",
    "73 rate-api-token",
    "100 aws-ip-reputation",
    "105 aws-anonymous-ip",
    "110 aws-known-bad-inputs",
    "120 aws-common",
    "130 aws-sqli",
    "140 aws-linux",
    "200 reblock-body-signatures",
    "210 reblock-body-size",
  ]);
});

it.each([
  ["ip-deny", 403, "forbidden", undefined],
  ["geo-block", 403, "forbidden", undefined],
  ["require-user-agent", 403, "forbidden", undefined],
  ["webhook-method", 405, "method-not-allowed", undefined],
  ["webhook-signature-shape", 401, "unauthorized", undefined],
  ["api-token-shape", 401, "unauthorized", undefined],
  ["rate-ip-global", 429, "too-many-requests", "300"],
  ["rate-ip-writes", 429, "too-many-requests", "300"],
  // Spacelift repeats a 5xx only, so a webhook is never refused with a 429 here.
  ["rate-webhooks", 503, "try-again", "60"],
  ["rate-api-token", 429, "too-many-requests", "300"],
  ["reblock-body-signatures", 403, "forbidden", undefined],
  ["reblock-body-size", 413, "too-large", undefined],
])("%s answers %i", (name, responseCode, customResponseBodyKey, retryAfter) => {
  expect(config(name).action).toEqual({
    block: {
      customResponse: {
        responseCode,
        customResponseBodyKey,
        ...(retryAfter ? { responseHeader: [{ name: "Retry-After", value: retryAfter }] } : {}),
      },
    },
  });
});

it("no rule allows, since that would skip every later one", () => {
  expect(rules.filter((rule) => JSON.stringify(ruleConfig(rule, "enforce")).includes('"allow"'))).toEqual([]);
});

describe("code under review", () => {
  const reblocking = rules.filter(({ name }) => name.startsWith("reblock-"));
  const observedOnly = ["AnonymousIPList", "HostingProviderIPList"];

  it("is only labelled by rules over bodies, and every other exception is one that blocks nobody", () => {
    const counted = groups.flatMap(({ count }) => count as readonly string[]);

    expect(counted.filter((rule) => !rule.endsWith("_BODY"))).toEqual(observedOnly);
  });

  it("passes on exactly three paths: every label that a counted rule gives is blocked elsewhere", () => {
    const labels = groups
      .flatMap(({ group, count }) => count.map((rule) => [rule, labelOf<ManagedGroup>(group, rule)] as const))
      .filter(([rule]) => !observedOnly.includes(rule))
      .map(([, label]) => label);

    const blocked = reblocking.map((rule) => JSON.stringify(ruleConfig(rule, "enforce").statement));

    expect(labels).toHaveLength(10);
    for (const label of labels) expect(blocked.filter((text) => text.includes(`"${label}"`))).toHaveLength(1);
  });

  it.each([
    ["/live/webhooks/github", true],
    ["/live/webhooks/spacelift", true],
    ["/live/api/v1/reviews", true],
    ["/live/api/v1/reviews/", false],
    ["/live/api/v1/reviews/abc", false],
    ["/live/webhooks/github/x", false],
    ["/live//webhooks/github", false],
    ["/webhooks/github", false],
    ["/live/health", false],
  ])("at %s is let through: %s", (path, exempt) => {
    const excepted = reblocking.map((rule) => patterns(ruleConfig(rule, "enforce").statement));

    expect(excepted).toHaveLength(2);
    for (const [pattern, ...others] of excepted) {
      expect(others).toEqual([]);
      expect(new RegExp(String(pattern)).test(path)).toBe(exempt);
    }
  });

  it("gets its paths without the stage behind a custom domain", () => {
    const [reblock] = apiRules({ ...settings, pathPrefix: "" }).filter(({ name }) => name === "reblock-body-size");

    expect(reblock && patterns(ruleConfig(reblock, "enforce").statement)).toEqual([
      "^/webhooks/(github|spacelift)$|^/api/v1/reviews$",
    ]);
  });
});

describe("webhooks", () => {
  const exempt = "^/live/webhooks/(github|spacelift)$";

  it.each(["geo-block", "rate-ip-global", "rate-ip-writes"])("escape %s: senders use few addresses", (name) => {
    const [pattern] = patterns(config(name).statement);

    expect(pattern).toBe(exempt);
    expect(JSON.stringify(config(name).statement)).toContain('"not_statement"');
  });

  it("are counted by address at their own rate", () => {
    expect(config("rate-webhooks").statement).toMatchObject({
      rate_based_statement: { limit: 15_000, evaluation_window_sec: 300, aggregate_key_type: "IP" },
    });
  });

  it("from clouds are seen and never refused", () => {
    expect(config("aws-anonymous-ip")).toMatchObject({
      overrideAction: { none: {} },
      statement: {
        managed_rule_group_statement: {
          rule_action_override: [
            { name: "AnonymousIPList", action_to_use: { count: {} } },
            { name: "HostingProviderIPList", action_to_use: { count: {} } },
          ],
        },
      },
    });
    expect(config("webhook-github-source").action).toEqual({ count: {} });
  });
});

describe("the shape of credentials", () => {
  const [bearer, unsigned] = patterns(config("api-token-shape").statement).map((pattern) => new RegExp(pattern));
  const [github, spacelift] = patterns(config("webhook-signature-shape").statement).map((each) => new RegExp(each));
  const encoded = (header: object) => Buffer.from(JSON.stringify(header)).toString("base64url");

  it("admits a signed token and refuses what is none", () => {
    const token = `Bearer ${encoded({ alg: "RS256", typ: "JWT" })}.e30.c2ln`;

    expect(bearer?.test(token)).toBe(true);
    expect(unsigned?.test(token)).toBe(false);
    for (const other of ["Basic YTpi", "Bearer a.b", "Bearer a.b.", "Bearer a.b.c d", "xBearer a.b.c"]) {
      expect(bearer?.test(other)).toBe(false);
    }
  });

  it.each([
    { alg: "none" },
    { alg: "None" },
    { alg: "NONE" },
    { alg: "none", typ: "JWT" },
    { typ: "JWT", alg: "none" },
  ])("refuses a token that says %p", (head) => {
    expect(unsigned?.test(`Bearer ${encoded(head)}.e30.`)).toBe(true);
  });

  it("admits an HMAC-SHA256 signature in lower case hex and nothing shorter", () => {
    for (const shape of [github, spacelift]) {
      expect(shape?.test(`sha256=${"0a".repeat(32)}`)).toBe(true);
      expect(shape?.test(`sha256=${"0a".repeat(31)}`)).toBe(false);
      expect(shape?.test(`sha1=${"0a".repeat(32)}`)).toBe(false);
    }
  });
});

describe("while a roll-out counts", () => {
  it("no rule of ours blocks", () => {
    const own = rules.filter((rule) => !("group" in rule));

    expect(own).toHaveLength(14);
    for (const rule of own) expect(ruleConfig(rule, "count")).toMatchObject({ action: { count: {} } });
  });

  it("every rule inside a group counts, because a group that only counts still ends at its first block", () => {
    for (const { name, group } of groups) {
      expect(config(name, "count")).toMatchObject({
        overrideAction: { count: {} },
        statement: {
          managed_rule_group_statement: {
            rule_action_override: managedGroups[group].rules.map((rule) => ({
              name: rule,
              action_to_use: { count: {} },
            })),
          },
        },
      });
    }
  });
});

describe("an option", () => {
  const named = (more: Partial<ApiRuleSettings>, name: string) =>
    apiRules({ ...settings, ...more }).find((rule) => rule.name === name);
  const units = (more: Partial<ApiRuleSettings>) => {
    const rule = apiRules({ ...settings, ...more }).map((each) => ruleConfig(each, "enforce") as unknown as JsonObject);
    const estate = estateOf([stackFacts("waf", { resource: { aws_wafv2_web_acl: { acl: { rule } } } })]);
    return managedResources(estate).map(capacityUnits)[0];
  };

  it.each([
    ["off", 1433, 19],
    ["count", 1483, 20],
    ["rate", 1486, 21],
  ] as const)("anonymousIp %s costs %i units in %i rules", (anonymousIp, wcu, count) => {
    expect(units({ anonymousIp })).toBe(wcu);
    expect(apiRules({ ...settings, anonymousIp })).toHaveLength(count);
  });

  it("anonymousIp rate limits what the list labels as anonymous", () => {
    expect(named({ anonymousIp: "rate" }, "rate-anonymous-ip")).toMatchObject({
      priority: 106,
      statement: {
        limit: 200,
        windowSeconds: 300,
        key: "IP",
        scope: {
          terraform: {
            label_match_statement: { key: "awswaf:managed:aws:anonymous-ip-list:AnonymousIPList", scope: "LABEL" },
          },
        },
      },
      action: { block: "too-many-requests" },
    });
  });

  it("githubSource block refuses what comes from elsewhere", () => {
    expect(named({ githubSource: "block" }, "webhook-github-source")).toMatchObject({ action: { block: "forbidden" } });
  });

  it("groupVersions fixes the version of its group and of no other", () => {
    const pinned = { groupVersions: { AWSManagedRulesCommonRuleSet: "Version_1.19" } };
    const versions = apiRules({ ...settings, ...pinned }).flatMap((rule) =>
      JSON.stringify(ruleConfig(rule, "enforce")).includes('"version":"Version_1.19"') ? [rule.name] : [],
    );

    expect(versions).toEqual(["aws-common"]);
  });
});
