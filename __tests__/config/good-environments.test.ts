import production from "../../environments/production";
import { ConfigError, environmentNames, loadEnvironment, parseEnvironment } from "../../src/config/load";

const parse = (change: object) => parseEnvironment({ ...production, ...change }, "environments/production.ts");

it("every environment of the project is good", () => {
  expect(environmentNames()).toEqual(["brownfield", "local", "production", "staging"]);
  expect(environmentNames().map((name) => loadEnvironment(name).environment)).toEqual(environmentNames());
});

it("an environment that does not exist is answered with those that do", () => {
  const load = () => loadEnvironment("prod");

  expect(load).toThrow(ConfigError);
  expect(load).toThrow(
    'There is no environment "prod"; allowed are brownfield, local, production, staging. Each is a file of environments/.',
  );
});

it.each(["../main", "constructor", ""])("a name that is no environment is never read as a file: %j", (name) => {
  expect(() => loadEnvironment(name)).toThrow("There is no environment");
});

describe("what is not written", () => {
  const { functions: _functions, api: _api, ui: _ui, ...least } = production;
  const config = parseEnvironment(least, "environments/production.ts");

  it("comes from the defaults", () => {
    expect(config).toMatchObject({
      dataClass: "confidential",
      network: { cidr: "10.20.0.0/16", natGateways: "single" },
      limits: {
        default: { burst: 100, ratePerSecond: 50 },
        write: { burst: 50, ratePerSecond: 25 },
        webhook: { burst: 100, ratePerSecond: 50 },
      },
      waf: {
        rollout: "enforce",
        ratePerIp: 2000,
        blockedCountries: ["KP", "IR", "SY", "CU"],
        allowedCidrs: [],
        anonymousIp: "count",
        githubSource: "count",
        githubCidrs: [
          "192.30.252.0/22",
          "185.199.108.0/22",
          "140.82.112.0/20",
          "143.55.64.0/20",
          "2a0a:a440::/29",
          "2606:50c0::/32",
        ],
        groupVersions: {},
      },
      account: { lambdaConcurrency: 1000, apiRequestsPerSecond: 10_000 },
      reviews: { maxPerDay: 500, modelId: "anthropic.claude-3-5-haiku-20241022-v1:0" },
      tables: { billing: { mode: "on-demand", maxReadUnits: 1000, maxWriteUnits: 500 } },
      recovery: {
        daily: { schedule: "cron(0 5 * * ? *)", deleteAfterDays: 90, coldStorageAfterDays: null, copyToDr: false },
        weekly: { schedule: "cron(0 6 ? * SUN *)", deleteAfterDays: 365, coldStorageAfterDays: 30, copyToDr: true },
        lock: { mode: "governance" },
      },
      retention: { functionLogDays: 30, accessLogDays: 90, wafLogDays: 90, flowLogDays: 30 },
      evidence: { retentionDays: 2557 },
      cost: { monthlyBudgetUsd: 180 },
      existing: [],
    });
    expect(config.api).toBeUndefined();
    expect(config.ui).toBeUndefined();
    expect(config.evidence.acceptIrrevocable).toBeUndefined();
  });

  it.each([
    ["webhook", 10, 512, 275, 0.05, 0.1, 0.2],
    ["authorizer", 5, 256, 150, 0.025, 0.05, 0.1],
    ["reviews-api", 29, 512, 150, 0.075, 0.15, 0.3],
    ["reviewer", 900, 1024, 20, 15, 30, 60],
    ["probe", 30, 256, 2, 1, 2, 4],
    ["sync-github-ips", 30, 256, 1, 2.5, 5, 10],
  ] as const)("gives %s its size and durations", (name, timeout, memory, reserved, mean, p95, p99) => {
    expect(config.functions[name]).toEqual({
      timeoutSeconds: timeout,
      memoryMb: memory,
      reservedConcurrency: reserved,
      provisionedConcurrency: 0,
      meanSeconds: mean,
      p95Seconds: p95,
      p99Seconds: p99,
    });
  });
});

it("a value that is written wins over its default, and its neighbours keep theirs", () => {
  const { limits, recovery } = parse({
    limits: { default: { burst: 400, ratePerSecond: 200 } },
    recovery: { daily: { deleteAfterDays: 60 } },
  });

  expect(limits.default).toEqual({ burst: 400, ratePerSecond: 200 });
  expect(limits.write).toEqual({ burst: 50, ratePerSecond: 25 });
  expect(recovery.daily).toEqual({
    schedule: "cron(0 5 * * ? *)",
    deleteAfterDays: 60,
    coldStorageAfterDays: null,
    copyToDr: false,
  });
});

it.each([
  ["state on this machine", { backend: { kind: "local" } }],
  [
    "state in a bucket, under a role",
    { backend: { kind: "s3", bucket: "state", region: "eu-west-1", roleArn: production.deployRoleArn } },
  ],
  ["state in Terraform Cloud", { backend: { kind: "cloud", organization: "acme" } }],
  ["state in Terraform Enterprise", { backend: { kind: "remote", organization: "acme", hostname: "tfe.example.com" } }],
  [
    "an issuer of one's own",
    {
      identity: {
        kind: "oidc",
        issuer: "https://id.example.com",
        jwksUrl: "https://id.example.com/keys",
        audience: "reviews",
      },
    },
  ],
  [
    "an issuer on this machine",
    {
      identity: {
        kind: "oidc",
        issuer: "http://localhost:4000",
        jwksUrl: "http://[::1]:4000/jwks",
        audience: "reviews",
      },
    },
  ],
  ["tables that scale", { tables: { billing: { mode: "provisioned", minReadUnits: 10, maxReadUnits: 10 } } }],
  [
    "a vault that nobody can unlock",
    {
      recovery: {
        lock: {
          mode: "compliance",
          changeableForDays: 3,
          acknowledgement: "backups cannot be deleted before their retention ends",
        },
      },
    },
  ],
  ["evidence that nobody can delete", { evidence: { acceptIrrevocable: "objects cannot be deleted for 2557 days" } }],
  ["evidence for a day outside production", { tier: "staging", evidence: { retentionDays: 1 } }],
  [
    "daily backups that grow cold exactly 90 days before they go",
    { recovery: { daily: { deleteAfterDays: 100, coldStorageAfterDays: 10 } } },
  ],
  [
    "retentions at the ends of the vault lock",
    { recovery: { daily: { deleteAfterDays: 35 }, weekly: { deleteAfterDays: 400 } } },
  ],
  [
    "all concurrency that Lambda lets one reserve",
    { functions: { webhook: { reservedConcurrency: 900 - 150 - 150 - 20 - 2 - 1 - 10 - 2 - 2 - 2 } } },
  ],
  ["networks of both families", { waf: { allowedCidrs: ["198.51.100.0/24", "2001:db8::/32", "192.0.2.7/32"] } }],
  ["deliveries from elsewhere refused, with GitHub's networks known", { waf: { githubSource: "block" } }],
  ["a limit per address of all that the API lets in", { waf: { ratePerIp: 15_000 } }],
  ["GitHub's addresses alone", { network: { egress: "prefix-lists" } }],
  [
    "the addresses of a server of one's own alone",
    {
      github: { appId: "123456", apiBaseUrl: "https://github.example.com/api/v3" },
      network: { egress: "prefix-lists", githubCidrs: ["192.0.2.7/32"] },
    },
  ],
  ["no network of GitHub's, where its source is only counted", { waf: { githubCidrs: [] } }],
  [
    "a version for each group that has any",
    {
      waf: {
        groupVersions: {
          AWSManagedRulesCommonRuleSet: "Version_1.19",
          AWSManagedRulesKnownBadInputsRuleSet: "Version_1.22",
          AWSManagedRulesSQLiRuleSet: "Version_2.3",
          AWSManagedRulesLinuxRuleSet: "Version_2.6",
        },
      },
    },
  ],
  ["an account among several", { allowedAccountIds: ["444455556666", production.accountId] }],
])("good, too: %s", (_, change) => {
  expect(() => parse(change)).not.toThrow();
});
