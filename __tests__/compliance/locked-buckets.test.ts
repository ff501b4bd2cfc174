import production from "../../environments/production";
import staging from "../../environments/staging";
import { S3BucketVersioning } from "../../src/aws";
import { App, Testing } from "../../src/cdktf";
import { lockStatements } from "../../src/compliance/lock-statements";
import { RetentionLock } from "../../src/compliance/retention-lock";
import { irrevocableEvidence } from "../../src/config/fields";
import { parseEnvironment } from "../../src/config/load";
import type { Environment } from "../../src/config/schema";
import { ComplianceStack } from "../../src/stacks/compliance-stack";
import { LockedBucket } from "../../src/stacks/locked-bucket";
import { only, resources, synthesize, type TerraformJson } from "../support/synthesize";
import { denied } from "./denied";

function compliance(environment: Environment): TerraformJson {
  const app = new App({ stackTraces: false, skipValidation: true });
  return JSON.parse(Testing.synth(new ComplianceStack(app, parseEnvironment(environment, "environments/test.ts"))));
}

const lockOf = (json: TerraformJson) =>
  resources(json, "aws_s3_bucket_object_lock_configuration").map(({ rule }) => rule);
const default_retention = (mode: string, days: number) => ({ default_retention: { mode, days } });

describe("evidence and archive, at home and in the DR region", () => {
  test.each([
    ["can be deleted the next day in staging", staging, "GOVERNANCE", 1],
    ["are kept seven years in production, and break-glass may still delete", production, "GOVERNANCE", 2557],
    [
      "are kept seven years from everybody once the environment says so",
      { ...production, evidence: { acceptIrrevocable: irrevocableEvidence } } satisfies Environment,
      "COMPLIANCE",
      2557,
    ],
  ])("%s", (_, environment, mode, days) => {
    expect(lockOf(compliance(environment))).toEqual(Array(4).fill(default_retention(mode, days)));
  });

  test("are made with Object Lock, cannot be destroyed by a plan, and lie in two regions", () => {
    const buckets = resources(compliance(staging), "aws_s3_bucket").filter((bucket) => bucket.object_lock_enabled);

    expect(buckets.map(({ bucket, region, lifecycle }) => [bucket, region, lifecycle])).toEqual([
      ["acme-staging-evidence-dr-444455556666", "eu-west-1", { prevent_destroy: true }],
      ["acme-staging-evidence-444455556666", "eu-central-1", { prevent_destroy: true }],
      ["acme-staging-log-archive-dr-444455556666", "eu-west-1", { prevent_destroy: true }],
      ["acme-staging-log-archive-444455556666", "eu-central-1", { prevent_destroy: true }],
    ]);
  });

  test("go cold after 90 days and expire a month after their lock, so that no expiry meets one", () => {
    const rules = resources(compliance(production), "aws_s3_bucket_lifecycle_configuration").flatMap(({ rule }) =>
      (rule as { id: string }[]).filter(({ id }) => id === "expire-after-lock"),
    );

    expect(rules).toEqual(
      Array(4).fill({
        id: "expire-after-lock",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ days: 2587 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        transition: [{ days: 90, storage_class: "DEEP_ARCHIVE" }],
      }),
    );
  });

  test("do not go cold where they expire before", () => {
    const rules = JSON.stringify(resources(compliance(staging), "aws_s3_bucket_lifecycle_configuration"));

    expect(rules).toContain('"expiration":[{"days":31}]');
    expect(rules).not.toContain("DEEP_ARCHIVE");
  });

  test("send their access logs to the unlocked bucket of their own region", () => {
    const logging = resources(compliance(staging), "aws_s3_bucket_logging");

    expect(logging.map(({ region, target_bucket }) => [region, target_bucket])).toEqual([
      ["eu-west-1", "acme-staging-access-logs-dr-444455556666"],
      ["eu-central-1", "acme-staging-access-logs-444455556666"],
      ["eu-west-1", "acme-staging-access-logs-dr-444455556666"],
      ["eu-central-1", "acme-staging-access-logs-444455556666"],
      ["eu-west-1", "acme-staging-access-logs-dr-444455556666"],
      ["eu-central-1", "acme-staging-access-logs-444455556666"],
    ]);
  });

  test("have a key each in each region, and the alarm on failed copies where S3 publishes its metric: at home", () => {
    const json = compliance(staging);

    expect(
      resources(json, "aws_kms_alias")
        .filter(({ name }) => name !== "alias/acme-staging-log-streams")
        .map(({ name, region }) => [name, region]),
    ).toEqual([
      ["alias/acme-staging-evidence", "eu-west-1"],
      ["alias/acme-staging-evidence", "eu-central-1"],
      ["alias/acme-staging-archive", "eu-west-1"],
      ["alias/acme-staging-archive", "eu-central-1"],
    ]);
    expect(
      resources(json, "aws_cloudwatch_metric_alarm")
        .filter(({ alarm_name }) => String(alarm_name).includes("replication"))
        .map(({ alarm_name, region }) => [alarm_name, region]),
    ).toEqual([
      ["acme-staging-ticket-s3-replication-failed-evidence", "eu-central-1"],
      ["acme-staging-ticket-s3-replication-failed-log-archive", "eu-central-1"],
      ["acme-staging-ticket-s3-replication-failed-log-tables", "eu-central-1"],
    ]);
  });
});

const policies = Object.entries(compliance(production).resource?.aws_s3_bucket_policy ?? {}).flatMap(
  ([id, { policy, depends_on }]) => {
    const [bucket, lock] = id.split("_");
    return bucket !== undefined && lock === "lock" ? [{ bucket, policy: String(policy), depends_on }] : [];
  },
);

test("each of the four has the policy below, and only after its lock", () => {
  expect(policies.map(({ bucket, depends_on }) => [bucket, depends_on])).toEqual(
    ["evidence-dr", "evidence", "log-archive-dr", "log-archive"].map((bucket) => [
      bucket,
      [expect.stringMatching(new RegExp(`^aws_s3_bucket_object_lock_configuration\\.${bucket}_lock_`))],
    ]),
  );
});

describe.each(policies)("the policy of $bucket", ({ policy: text }) => {
  const bucket = /"Action":\["s3:\*"\],"Resource":\["([^"]+)"/.exec(text)?.[1] ?? "";
  const ourKey = /\$\{aws_kms_key\.[^}]+\}/.exec(text)?.[0] ?? "";
  const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const refuses = (action: string, context: Record<string, string> = {}, caller = "reviewer") =>
    denied(text, {
      action: `s3:${action}`,
      resource: /Bucket|Lifecycle/.test(action) ? bucket : `${bucket}/daily/2026/01.json.gz`,
      context: { "aws:SecureTransport": "true", "aws:PrincipalArn": role(caller), ...context },
    });

  test("is about this bucket and its key", () => {
    expect(bucket).toMatch(/^\$\{aws_s3_bucket\..+\.arn\}$/);
    expect(ourKey).toMatch(/^\$\{aws_kms_key\..+\.arn\}$/);
  });

  test("refuses every call without TLS", () => {
    expect(refuses("GetObject", { "aws:SecureTransport": "false" }, "break-glass")).toBe(true);
    expect(refuses("GetObject")).toBe(false);
  });

  test("takes a put with the bucket's own encryption or with its key, and with no other", () => {
    const encryption = "s3:x-amz-server-side-encryption";

    expect(refuses("PutObject")).toBe(false);
    expect(refuses("PutObject", { [encryption]: "aws:kms", [`${encryption}-aws-kms-key-id`]: ourKey })).toBe(false);
    expect(refuses("PutObject", { [encryption]: "aws:kms" })).toBe(true);
    expect(refuses("PutObject", { [encryption]: "aws:kms", [`${encryption}-aws-kms-key-id`]: "arn:other" })).toBe(true);
    expect(refuses("PutObject", { [encryption]: "AES256" })).toBe(true);
    expect(refuses("PutObject", { [`${encryption}-customer-algorithm`]: "AES256" })).toBe(true);
  });

  test("takes a retention of seven years or the default, and nothing shorter, not even from break-glass", () => {
    const days = (count: number) => ({ "s3:object-lock-remaining-retention-days": `${count}` });

    for (const action of ["PutObject", "PutObjectRetention"]) {
      expect(refuses(action, days(2557))).toBe(false);
      expect(refuses(action)).toBe(false);
      expect(refuses(action, days(2556), "break-glass")).toBe(true);
    }
  });

  test.each([
    "BypassGovernanceRetention",
    "DeleteObjectVersion",
    "PutBucketObjectLockConfiguration",
    "PutBucketVersioning",
  ])("leaves %s to break-glass alone", (action) => {
    expect(refuses(action, {}, "apply")).toBe(true);
    expect(refuses(action, {}, "break-glass")).toBe(false);
  });

  test.each(["PutLifecycleConfiguration", "PutBucketPolicy", "DeleteBucketPolicy"])(
    "leaves %s to break-glass and the deploy role",
    (action) => {
      expect(refuses(action)).toBe(true);
      expect(refuses(action, {}, "apply")).toBe(false);
      expect(refuses(action, {}, "break-glass")).toBe(false);
    },
  );
});

const roles = {
  breakGlassRoleArn: "arn:aws:iam::111122223333:role/break-glass",
  deployRoleArn: "arn:aws:iam::111122223333:role/apply",
};

test("break-glass and the deploy role are the only callers that any line of the policy spares", () => {
  const statements = lockStatements({
    bucketArn: "arn:aws:s3:::evidence",
    kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
    retentionDays: 2557,
    roles,
  });

  expect(statements.map(({ Sid, Condition }) => [Sid, Condition?.ArnNotEquals?.["aws:PrincipalArn"]])).toEqual([
    ["DenyOtherKeys", undefined],
    ["DenyCallersKeys", undefined],
    ["DenyShortRetention", undefined],
    ["DenyUnlocking", [roles.breakGlassRoleArn]],
    ["DenyOtherLocks", [roles.breakGlassRoleArn]],
    ["DenyPolicyChange", [roles.breakGlassRoleArn, roles.deployRoleArn]],
  ]);
});

test("a lock waits for versioning, without which S3 refuses it", () => {
  const json = synthesize((stack) => {
    const versioning = new S3BucketVersioning(stack, "versioning", {
      bucket: "evidence",
      versioningConfiguration: { status: "Enabled" },
    });
    new RetentionLock(stack, "lock", {
      bucket: { name: "evidence", arn: "arn:aws:s3:::evidence" },
      region: "us-east-1",
      kmsKeyArn: "arn:key",
      retention: { mode: "GOVERNANCE", days: 1 },
      versioning,
      ...roles,
    });
  });

  expect(only(json, "aws_s3_bucket_object_lock_configuration").depends_on).toEqual([
    "aws_s3_bucket_versioning.versioning",
  ]);
});

test("a bucket's key lets roles in through S3, and the services that write there", () => {
  const json = synthesize((stack) => {
    new LockedBucket(stack, "archive", {
      ...roles,
      name: "archive",
      keyAlias: "alias/archive",
      region: "us-east-1",
      accountId: "111122223333",
      deletionDays: 30,
      accessLogsBucket: "access-logs",
      retention: { mode: "GOVERNANCE", days: 1 },
      expiryMarginDays: 30,
      deepArchiveAfterDays: 90,
      abortUploadDays: 7,
      writers: {
        keyServices: [
          {
            principal: "logger.amazonaws.com",
            actions: ["kms:GenerateDataKey"],
            conditions: { StringEquals: { "aws:SourceAccount": "111122223333" } },
          },
        ],
        statements: [],
      },
    });
  });
  const statements: { Sid: string; Principal: object; Condition?: object }[] = JSON.parse(
    String(only(json, "aws_kms_key").policy),
  ).Statement;

  expect(statements.find(({ Sid }) => Sid === "UseThroughServices")?.Condition).toEqual({
    StringLike: { "kms:ViaService": ["s3.*.amazonaws.com"] },
  });
  expect(statements.find(({ Sid }) => Sid === "Service1")).toMatchObject({
    Principal: { Service: ["logger.amazonaws.com"] },
    Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
  });
});
