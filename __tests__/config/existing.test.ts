import { existingKinds, modes, ownership } from "../../src/config/ownership";
import { configWith, entry, offered, problemsOf, queue } from "../adopt/existing-things";

const cases = ownership.flatMap(({ kind, hardening }) =>
  kind === undefined ? [] : modes.map((mode) => ({ kind, hardening, mode })),
);
const isOffered = ({ kind, hardening, mode }: (typeof cases)[number]) =>
  offered[kind][hardening]?.includes(mode) ?? false;

it.each(cases.filter(isOffered))("$mode of $hardening of a $kind is accepted", ({ kind, hardening, mode }) => {
  expect(problemsOf([entry(kind, mode, [hardening])])).toEqual([]);
});

it.each(cases.filter((one) => !isOffered(one)))(
  "$mode of $hardening of a $kind is refused with what is possible",
  ({ kind, hardening, mode }) => {
    const problems = problemsOf([entry(kind, mode, [hardening])]);

    expect(problems).toHaveLength(1);
    const [problem = ""] = problems;
    expect(problem).toContain("existing[0] (");
    const named = /use mode (.+) for existing/.exec(problem)?.[1]?.split(" or ") ?? [];
    if (named.length > 0) expect(named.map((word) => word.replaceAll('"', ""))).toEqual(offered[kind][hardening]);
    else expect(problem).toContain(`Built for a ${kind}: `);
  },
);

describe("the rotation of a secret", () => {
  const rotation = (mode: "attach" | "verify", hardening: object) =>
    problemsOf([entry("secret", mode, [], { harden: [{ with: "rotation", ...hardening }] })]);
  const strategy = { kind: "generic-random" };

  it.each([
    [
      "attach",
      { replaces: true },
      "existing[0] (secret payments/api-key-a1B2c3) attaches rotation but does not say how its value is made and brought to use; add strategy.",
    ],
    [
      "attach",
      { strategy },
      "existing[0] (secret payments/api-key-a1B2c3) attaches rotation, which overwrites the rotation that the secret has, and removes it when it is destroyed; the plan shows neither. Write replaces: true beside it if nothing there is needed.",
    ],
    [
      "verify",
      { strategy },
      'existing[0] (secret payments/api-key-a1B2c3) writes strategy beside rotation, but mode "verify" rotates nothing; remove it.',
    ],
    [
      "attach",
      { replaces: true, strategy: { kind: "manual" } },
      'existing[0].harden[0].strategy.kind is "manual"; allowed is one of "apigw-key", "generic-random", "entra-client-secret".',
    ],
  ] as const)("in mode %s with %j is refused", (mode, hardening, problem) => {
    expect(rotation(mode, hardening)).toEqual([problem]);
  });
});

describe("a hardening that AWS makes impossible in the mode", () => {
  it.each([
    [
      entry("function", "attach", ["reserved-concurrency"]),
      'Lambda has no separate resource for reserved concurrency; use mode "adopt" or "verify" for existing[0] (function billing).',
    ],
    [
      entry("table", "attach", ["point-in-time-recovery"]),
      'DynamoDB has no separate resource for point-in-time recovery; use mode "adopt" or "verify" for existing[0] (table invoices).',
    ],
    [
      entry("bucket", "verify", ["versioning"]),
      'No data source reads versioning of S3; use mode "attach" for existing[0] (bucket acme-invoices).',
    ],
    [
      entry("table", "adopt", ["autoscaling"]),
      'DynamoDB keeps autoscaling in a resource of its own; use mode "attach" for existing[0] (table invoices).',
    ],
    [
      entry("rest-api", "attach", ["access-logs"]),
      'API Gateway has no separate resource for access logs, tracing and caching of a stage; only mode "adopt" could do it for existing[0] (rest-api orders), and this version does not. Built for a rest-api: attach throttling, web-acl; verify resource-policy.',
    ],
    [
      entry("secret", "attach", ["recovery-window"]),
      'Secrets Manager has no separate resource for the recovery window; only mode "adopt" could do it for existing[0] (secret payments/api-key-a1B2c3), and this version does not. Built for a secret: attach rotation, policy; verify rotation.',
    ],
  ])("is refused with the modes that are possible (%#)", (thing, problem) => {
    expect(problemsOf([thing])).toEqual([problem]);
  });
});

describe("a hardening that AWS allows and this version does not build", () => {
  it.each([
    [
      entry("rest-api", "verify", ["web-acl"]),
      "This version does not verify the web ACL of a stage of API Gateway for existing[0] (rest-api orders). Built for a rest-api: attach throttling, web-acl; verify resource-policy.",
    ],
    [
      entry("bucket", "attach", ["notifications"]),
      "This version does not attach notifications of S3 for existing[0] (bucket acme-invoices). Built for a bucket: attach versioning, encryption, public-access-block, ownership, policy, lifecycle.",
    ],
    [
      entry("log-group", "attach", ["subscription"]),
      "This version does not attach subscriptions of CloudWatch Logs for existing[0] (log-group /aws/lambda/billing). Built for a log-group: adopt retention, encryption; verify retention, encryption.",
    ],
  ])("is refused with what is built (%#)", (thing, problem) => {
    expect(problemsOf([thing])).toEqual([problem]);
  });
});

describe("a hardening that overwrites what the owner set", () => {
  it.each([
    ["rest-api", "throttling", "orders", "the settings that the stage has for all methods"],
    ["rest-api", "web-acl", "orders", "the web ACL that the stage has"],
    ["function", "async-failures", "billing", "the destinations, retries and event age that the function has"],
    ["bucket", "policy", "acme-invoices", "the policy that the bucket has"],
    ["bucket", "lifecycle", "acme-invoices", "all lifecycle rules that the bucket has"],
    ["secret", "policy", "payments/api-key-a1B2c3", "the policy that the secret has"],
  ] as const)("must be confirmed: %s %s", (kind, hardening, name, what) => {
    const harden = [{ with: hardening, ...(hardening === "async-failures" ? { destinationArn: queue } : {}) }];

    expect(problemsOf([entry(kind, "attach", [], { harden })])).toEqual([
      `existing[0] (${kind} ${name}) attaches ${hardening}, which overwrites ${what}, and removes it when it is destroyed; the plan shows neither. Write replaces: true beside it if nothing there is needed.`,
    ]);
  });

  it("cannot be refused by saying false", () => {
    const harden = [{ with: "policy", replaces: false }];

    expect(problemsOf([entry("bucket", "attach", [], { harden })])).toEqual([
      "existing[0].harden[0].replaces is false; allowed is true.",
    ]);
  });

  it("is not confirmed where nothing is overwritten", () => {
    const harden = [{ with: "resource-policy", replaces: true }];

    expect(problemsOf([entry("rest-api", "verify", [], { harden })])).toEqual([
      'existing[0] (rest-api orders) writes replaces: true beside resource-policy, but mode "verify" replaces nothing; remove it.',
    ]);
  });
});

describe("a thing", () => {
  it("has one entry", () => {
    const things = [entry("table", "verify", ["stream"]), entry("bucket", "attach", ["versioning"])];

    expect(problemsOf([...things, entry("table", "attach", ["backup"])])).toEqual([
      "existing[2] (table invoices) is existing[0] once more; give a thing one entry.",
    ]);
    expect(problemsOf([...things, entry("table", "attach", ["backup"], { name: "invoices-2" })])).toEqual([]);
  });

  it("of one name may be of two kinds, and an API has many stages", () => {
    const things = [
      entry("table", "verify", ["stream"], { name: "billing" }),
      entry("function", "verify", ["timeout"], { name: "billing" }),
      entry("rest-api", "attach", ["web-acl"], { stage: "prod" }),
      entry("rest-api", "attach", ["web-acl"], { stage: "beta" }),
    ];

    expect(problemsOf(things)).toEqual([]);
  });

  it("has metrics of its own", () => {
    const things = [
      entry("rest-api", "attach", ["web-acl"]),
      entry("rest-api", "attach", ["web-acl"], { id: "z9y8x7w6v5" }),
    ];

    expect(problemsOf(things)).toEqual([
      "existing[1] (rest-api orders) has the name and stage of existing[0], so CloudWatch could not tell their metrics apart.",
    ]);
  });

  it("is hardened once by each hardening", () => {
    expect(problemsOf([entry("bucket", "attach", ["versioning", "versioning"])])).toEqual([
      "existing[0] (bucket acme-invoices) lists versioning more than once; say it once.",
    ]);
  });

  it("may be adopted as it is, but not attached to or verified for nothing", () => {
    expect(problemsOf([entry("table", "adopt", [])])).toEqual([]);
    expect(problemsOf([entry("table", "verify", []), entry("bucket", "attach", [])])).toEqual([
      'existing[0] (table invoices) is in mode "verify" but hardens nothing; list at least one hardening.',
      'existing[1] (bucket acme-invoices) is in mode "attach" but hardens nothing; list at least one hardening.',
    ]);
  });

  it("says how much concurrency it reserves where that is hardened", () => {
    const thing = entry("function", "verify", ["reserved-concurrency"], { reservedConcurrency: undefined });

    expect(problemsOf([thing])).toEqual([
      "existing[0] (function billing) hardens reserved concurrency but does not say how much; add reservedConcurrency.",
    ]);
  });

  it("is adopted with the role that Terraform asks for, if it is a function", () => {
    const { roleArn, ...thing } = { roleArn: "", ...entry("function", "adopt", ["timeout"]) };

    expect(problemsOf([thing])).toEqual(["existing[0].roleArn is missing; allowed is the ARN of an IAM role."]);
    expect(problemsOf([{ ...thing, mode: "verify", roleArn }])).toEqual([
      "existing[0].roleArn is not a known key. Remove or correct it in environments/production.ts.",
    ]);
  });

  it("scales upwards", () => {
    const harden = [{ with: "autoscaling", minReadUnits: 50, maxReadUnits: 40 }];

    expect(problemsOf([entry("table", "attach", [], { harden })])).toEqual([
      "existing[0] (table invoices) scales from 50 to 40 read units and from 5 to 500 write units. A minimum must not exceed its maximum.",
    ]);
  });
});

describe("an entry that cannot be read", () => {
  it.each([
    [{ id: "orders" }, 'existing[0].id is "orders"; allowed is the ten letters and digits that API Gateway gave it.'],
    [{ stage: "v1/prod" }, 'existing[0].stage is "v1/prod"; allowed is the name of a stage.'],
    [{ mode: "own" }, 'existing[0].mode is "own"; allowed is one of "attach", "adopt", "verify".'],
    [
      { kind: "queue" },
      `existing[0].kind is "queue"; allowed is one of ${existingKinds.map((k) => `"${k}"`).join(", ")}.`,
    ],
    [{ harden: "throttling" }, 'existing[0].harden is "throttling"; allowed is a list.'],
    [{ harden: ["throttling"] }, 'existing[0].harden[0] is "throttling"; allowed is an object.'],
    [
      { harden: [{ with: "throttle" }] },
      'existing[0].harden[0].with is "throttle"; allowed is one of "throttling", "web-acl", "resource-policy".',
    ],
    [
      { harden: [{ with: "throttling", rate: 5, replaces: true }] },
      "existing[0].harden[0].rate is not a known key. Remove or correct it in environments/production.ts.",
    ],
  ])("is answered with what may stand there (%#)", (change, problem) => {
    expect(problemsOf([entry("rest-api", "attach", ["web-acl"], change)])).toEqual([problem]);
  });

  it("does not hide what is wrong with the others", () => {
    const things = [
      entry("bucket", "attach", ["versioning"], { name: "Invoices" }),
      entry("function", "attach", ["timeout"]),
      entry("log-group", "verify", ["retention"], { harden: [{ with: "retention", days: 31 }] }),
      entry("secret", "verify", ["policy"]),
    ];

    expect(problemsOf(things)).toEqual([
      'existing[0].name is "Invoices"; allowed is the name of a bucket.',
      "existing[2].harden[0].days is 31; allowed is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
      'Lambda has no separate resource for the timeout; use mode "adopt" or "verify" for existing[1] (function billing).',
      'No data source reads the resource policy of Secrets Manager; use mode "attach" for existing[3] (secret payments/api-key-a1B2c3).',
    ]);
  });

  it("names a key by its ARN and a qualifier that can be warmed", () => {
    const harden = [
      { with: "environment-key", kmsKeyArn: "alias/functions" },
      { with: "provisioned-concurrency", qualifier: "$LATEST", executions: 1 },
    ];

    expect(problemsOf([entry("function", "attach", [], { harden })])).toEqual([
      'existing[0].harden[0].kmsKeyArn is "alias/functions"; allowed is the ARN of a KMS key.',
      'existing[0].harden[1].qualifier is "$LATEST"; allowed is a version or an alias.',
    ]);
  });
});

it("settings that are not written come from the defaults", () => {
  const { existing } = configWith([
    entry("rest-api", "attach", ["throttling"]),
    entry("table", "attach", ["autoscaling"]),
    entry("table", "verify", ["point-in-time-recovery", "stream"], { name: "orders" }),
    entry("bucket", "attach", ["lifecycle"]),
    entry("secret", "verify", ["rotation"]),
  ]);

  expect(existing.flatMap(({ harden }): unknown[] => harden)).toEqual([
    { with: "throttling", burst: 100, ratePerSecond: 50, replaces: true },
    {
      with: "autoscaling",
      minReadUnits: 5,
      maxReadUnits: 1000,
      minWriteUnits: 5,
      maxWriteUnits: 500,
      targetPercent: 70,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
    },
    { with: "point-in-time-recovery", days: 35 },
    { with: "stream", viewType: "NEW_AND_OLD_IMAGES" },
    { with: "lifecycle", noncurrentVersionDays: 30, abortUploadDays: 7, replaces: true },
    { with: "rotation", everyDays: 30 },
  ]);
});
