import { est06 } from "../../../src/policy/rules/est-06-evidence-stays-as-it-was";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { aws, foundInEstate, foundInStack } from "../estate-found";

const bucketArn = "${aws_s3_bucket.evidence.arn}";
const objects = `${bucketArn}/*`;
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const unless = (...roles: string[]): JsonObject => ({ ArnNotEquals: { "aws:PrincipalArn": roles.map(role) } });
const deny = (Action: Json, Resource: Json, Condition: JsonObject): JsonObject => ({
  ...{ Effect: "Deny", Principal: { AWS: "*" }, Action, Resource, Condition },
});

const header = "s3:x-amz-server-side-encryption";
const keyId = `${header}-aws-kms-key-id`;
const otherKey = {
  Null: { [header]: "false" },
  StringNotEquals: { [keyId]: "${aws_kms_key.own.arn}" },
};
const callersKey = { Null: { [`${header}-customer-algorithm`]: "false" } };
const remaining = (days: number) => ({ NumericLessThan: { "s3:object-lock-remaining-retention-days": String(days) } });
const shorten = ["s3:PutObject", "s3:PutObjectRetention"];
const unlock = ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion"];
const relock = ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"];
const reword = ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration"];

const whole: Readonly<Record<string, JsonObject>> = {
  keys: deny("s3:PutObject", objects, otherKey),
  callersKeys: deny("s3:PutObject", objects, callersKey),
  retention: deny(shorten, objects, remaining(2557)),
  unlocking: deny(unlock, objects, unless("break-glass")),
  locks: deny(relock, bucketArn, unless("break-glass")),
  policy: deny(reword, bucketArn, unless("break-glass", "apply")),
};

const lock = { rule: { default_retention: { mode: "GOVERNANCE", days: 2557 } } };
const evidence = (denies: Readonly<Record<string, JsonObject>>, rest: Readonly<Record<string, JsonObject>> = {}) =>
  foundInStack(est06, {
    aws_s3_bucket: { evidence: { bucket: "acme-production-evidence-111122223333", object_lock_enabled: true } },
    aws_s3_bucket_object_lock_configuration: { lock: { bucket: "${aws_s3_bucket.evidence.bucket}", ...lock } },
    aws_s3_bucket_policy: {
      own: { bucket: "${aws_s3_bucket.evidence.bucket}", policy: JSON.stringify({ Statement: Object.values(denies) }) },
    },
    ...rest,
  } as Parameters<typeof foundInStack>[1]);
const refuses = (actions: readonly string[]) => [
  `data: aws_s3_bucket.evidence is locked, but does not refuse ${actions.join(", ")}.`,
];

describe("EST-06, of a locked bucket", () => {
  it("lets it refuse whatever would loosen the lock", () => {
    expect(evidence(whole)).toEqual([]);
    expect(evidence({ ...whole, retention: deny("s3:*", objects, remaining(3000)) })).toEqual([]);
    expect(
      evidence({ ...whole, locks: deny(relock, "arn:aws:s3:::acme-production-evidence-111122223333", unless("x")) }),
    ).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ["keys", ["s3:PutObject"]],
    ["callersKeys", ["s3:PutObject"]],
    ["retention", shorten],
    ["unlocking", unlock],
    ["locks", relock],
    ["policy", ["s3:PutLifecycleConfiguration", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]],
  ])("finds one that has no refusal of %s", (name, actions) => {
    const { [name]: _, ...others } = whole;
    expect(evidence(others)).toEqual(refuses(actions));
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ["keys", deny("s3:PutObject", objects, { ...otherKey, Null: { [header]: "true" } }), ["s3:PutObject"]],
    ["keys", deny("s3:PutObject", objects, { ...otherKey, Null: { "aws:PrincipalArn": "true" } }), ["s3:PutObject"]],
    ["keys", deny("s3:PutObject", objects, { StringNotEquals: { [keyId]: ["a", "b"] } }), ["s3:PutObject"]],
    [
      "callersKeys",
      deny("s3:PutObject", objects, { Null: { [`${header}-customer-algorithm`]: "true" } }),
      ["s3:PutObject"],
    ],
    ["callersKeys", deny("s3:PutObject", objects, { ...callersKey, ...unless("apply") }), ["s3:PutObject"]],
    ["callersKeys", deny("s3:PutObject", objects, { Null: { [header]: "false" } }), ["s3:PutObject"]],
    ["policy", deny(reword.slice(1), bucketArn, unless("break-glass")), ["s3:DeleteBucketPolicy"]],
    ["retention", deny(shorten, objects, remaining(2556)), shorten],
    ["retention", deny(shorten, objects, { NumericLessThanIfExists: {} }), shorten],
    ["retention", deny("s3:PutObject", objects, remaining(2557)), ["s3:PutObjectRetention"]],
    ["unlocking", deny(unlock, objects, unless("break-glass", "apply")), unlock],
    ["unlocking", deny(unlock, objects, unless("*")), unlock],
    ["unlocking", deny(unlock, bucketArn, unless("break-glass")), unlock],
    ["unlocking", deny(unlock, objects, { StringNotEquals: { "aws:SourceVpc": "vpc-1" } }), unlock],
    ["locks", deny(relock, objects, unless("break-glass")), relock],
    ["locks", { ...deny(relock, bucketArn, {}), Principal: { AWS: role("apply") } }, relock],
    ["locks", { ...deny(relock, bucketArn, {}), Effect: "Allow" }, relock],
  ])("finds one that refuses %s by %j", (name, statement, actions) => {
    expect(evidence({ ...whole, [name]: statement })).toEqual(refuses(actions));
  });

  const locked = (default_retention: JsonObject, tags: JsonObject) => {
    const name = "acme-evidence-111122223333";
    const days = typeof default_retention.days === "number" ? default_retention.days : 2557;
    const statements = Object.values({ ...whole, retention: deny(shorten, objects, remaining(days)) });
    return foundInEstate(est06, {
      data: {
        provider: { aws: [{ ...aws, default_tags: [{ tags }] }] },
        resource: {
          aws_s3_bucket: { evidence: { bucket: name } },
          aws_s3_bucket_object_lock_configuration: { lock: { bucket: name, rule: { default_retention } } },
          aws_s3_bucket_policy: { own: { bucket: name, policy: JSON.stringify({ Statement: statements }) } },
        },
      },
    });
  };

  it.each<[JsonObject, JsonObject]>([
    [{ days: 2557 }, { Tier: "production" }],
    [{ years: 7 }, { Tier: "production" }],
    [{ days: 1 }, { Tier: "staging" }],
    [{ days: 1 }, { Tier: "development", Environment: "production" }],
  ])("lets it be %j where the tags are %j", (retention, tags) => {
    expect(locked({ mode: "GOVERNANCE", ...retention }, tags)).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, number]>([
    [{ days: 1 }, { Tier: "production" }, 1],
    [{ days: 2556 }, { Tier: "production" }, 2556],
    [{ days: 1 }, { Tier: "pre-staging" }, 1],
    [{ days: 1 }, { Environment: "staging" }, 1],
    [{ days: 1 }, { Owner: "platform" }, 1],
    [{ days: 1 }, { Tier: "${var.tier}" }, 1],
    [{ days: 0 }, { Tier: "staging" }, 0],
  ])("finds that it is %j where the tags are %j", (retention, tags, days) => {
    expect(locked({ mode: "GOVERNANCE", ...retention }, tags)).toEqual([
      `data: aws_s3_bucket.evidence is locked for ${days} days only.`,
    ]);
  });

  it("finds six years", () => {
    expect(locked({ mode: "GOVERNANCE", years: 6 }, {})).toEqual([
      "data: aws_s3_bucket.evidence is locked for 2192 days only.",
    ]);
  });

  it("finds days that cannot be told, without taking them for few", () => {
    expect(locked({ mode: "GOVERNANCE", days: "${var.days}" }, {})).toEqual([
      expect.stringMatching(/aws_s3_bucket_object_lock_configuration\.lock has days that cannot be told/),
    ]);
  });

  it("finds evidence without a lock, and an account without evidence", () => {
    const bucket = (name: string) => foundInStack(est06, { aws_s3_bucket: { own: { bucket: name } } });

    expect(bucket("acme-staging-evidence-dr-111122223333")).toEqual([
      "data: aws_s3_bucket.own holds evidence without a lock.",
    ]);
    expect(bucket("acme-staging-logs-111122223333")).toEqual([
      "data: provider.aws is an account in which no bucket is locked, so it keeps no evidence.",
    ]);
  });
});

describe("EST-06, of signing", () => {
  const key = (Condition: JsonObject): JsonObject => ({
    key_usage: "SIGN_VERIFY",
    policy: JSON.stringify({ Statement: [deny(["kms:Sign"], "*", Condition)] }),
  });
  const signer = (name: string): Readonly<Record<string, JsonObject>> => ({
    aws_iam_role: { own: { name } },
    aws_iam_role_policy: {
      own: {
        role: "${aws_iam_role.own.name}",
        policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:Sign", Resource: "*" }] }),
      },
    },
  });
  const guarded = { aws_kms_key: { seal: key(unless("acme-production-sealer")) } };

  it("lets the one role sign that the key's policy leaves out", () => {
    expect(evidence(whole, { ...guarded, ...signer("acme-production-sealer") })).toEqual([]);
  });

  it("finds another role that may sign, with a seal key or without", () => {
    const found = ["data: aws_iam_role_policy.own allows kms:Sign to a role that does not seal."];

    expect(evidence(whole, { ...guarded, ...signer("acme-production-api") })).toEqual(found);
    expect(evidence(whole, signer("acme-production-sealer"))).toEqual(found);
  });

  it.each<JsonObject>([unless("sealer", "apply"), unless("*"), {}])(
    "finds a seal key whose policy refuses signing by %j",
    (condition) => {
      expect(evidence(whole, { aws_kms_key: { seal: key(condition) } })).toEqual([
        "data: aws_kms_key.seal signs for more than one role.",
      ]);
    },
  );
});
