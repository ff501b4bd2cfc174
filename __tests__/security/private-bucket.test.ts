import { PrivateBucket, type PrivateBucketProps } from "../../src/security/private-bucket";
import { allowAccessLogs } from "../../src/security/resource-policy";
import { only, resources, synthesize } from "../support/synthesize";

const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1";
const bucket = (props: Partial<PrivateBucketProps> = {}) =>
  synthesize((stack) => {
    new PrivateBucket(stack, "artifacts", {
      name: "acme-test-artifacts",
      encryption: { kmsKeyArn },
      abortUploadDays: 7,
      ...props,
    });
  });

describe("a private bucket", () => {
  test("is closed to the public, whatever a policy or an ACL says", () => {
    expect(only(bucket(), "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(bucket(), "aws_s3_bucket_ownership_controls").rule).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  test("keeps versions, tells EventBridge of changes and cannot be destroyed by a plan", () => {
    expect(only(bucket(), "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
    expect(only(bucket(), "aws_s3_bucket_notification").eventbridge).toBe(true);
    expect(only(bucket(), "aws_s3_bucket")).toEqual({
      bucket: "acme-test-artifacts",
      lifecycle: { prevent_destroy: true },
    });
  });

  test("encrypts with the customer key, or as a log target with S3's own", () => {
    const rule = (json: ReturnType<typeof bucket>) =>
      only(json, "aws_s3_bucket_server_side_encryption_configuration").rule;

    expect(rule(bucket())).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
        bucket_key_enabled: true,
      },
    ]);
    expect(rule(bucket({ encryption: "sse-s3" }))).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  test("refuses every call without TLS, and says so in one policy with what else is stated", () => {
    const extra = allowAccessLogs("arn:aws:s3:::acme-test-artifacts", "111122223333");

    const { policy } = only(bucket({ extraStatements: [extra] }), "aws_s3_bucket_policy");

    expect(JSON.parse(String(policy)).Statement).toEqual([
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["s3:*"],
        Resource: ["${aws_s3_bucket.artifacts.arn}", "${aws_s3_bucket.artifacts.arn}/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "AllowAccessLogs",
        Effect: "Allow",
        Principal: { Service: ["logging.s3.amazonaws.com"] },
        Action: ["s3:PutObject"],
        Resource: ["arn:aws:s3:::acme-test-artifacts/*"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });

  test("leaves the policy to the stack that writes it", () => {
    expect(resources(bucket({ policy: "elsewhere" }), "aws_s3_bucket_policy")).toEqual([]);
  });

  test("removes broken uploads in the whole bucket even without a rule of expiry", () => {
    expect(only(bucket(), "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
      {
        id: "abort-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  test("moves and expires objects by the rules given, after versioning is on", () => {
    const json = bucket({
      transitionSmallObjects: true,
      lifecycleRules: [
        {
          id: "expire",
          prefix: "bodies/",
          transitions: [{ afterDays: 30, storageClass: "STANDARD_IA" }],
          expirationDays: 365,
          noncurrentVersionDays: 30,
        },
      ],
    });

    const lifecycle = only(json, "aws_s3_bucket_lifecycle_configuration");

    expect(lifecycle).toMatchObject({
      transition_default_minimum_object_size: "varies_by_storage_class",
      depends_on: [expect.stringMatching(/^aws_s3_bucket_versioning\.artifacts_versioning_/)],
    });
    expect((lifecycle.rule as unknown[])[1]).toEqual({
      id: "expire",
      status: "Enabled",
      filter: [{ prefix: "bodies/" }],
      transition: [{ days: 30, storage_class: "STANDARD_IA" }],
      expiration: [{ days: 365 }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
    });
  });

  test("logs its accesses under its own name", () => {
    expect(only(bucket({ accessLogsBucket: "acme-test-access-logs" }), "aws_s3_bucket_logging")).toMatchObject({
      target_bucket: "acme-test-access-logs",
      target_prefix: "acme-test-artifacts/",
    });
  });

  test("can be made with object lock, which cannot be added later", () => {
    expect(only(bucket({ objectLock: true }), "aws_s3_bucket").object_lock_enabled).toBe(true);
  });

  test("in another region every one of its resources is there", () => {
    const json = bucket({ region: "us-east-2", accessLogsBucket: "acme-test-access-logs-dr" });

    const types = Object.keys(json.resource ?? {});

    expect(types).toHaveLength(9);
    for (const type of types) expect([type, only(json, type).region]).toEqual([type, "us-east-2"]);
  });
});
