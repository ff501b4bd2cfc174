import { S3BucketVersioning } from "../../src/aws";
import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { ReplicatedBucket } from "../../src/recovery/replicated-bucket";
import { ComplianceStack } from "../../src/stacks/compliance-stack";
import { only, resources, synthesize, type TerraformJson } from "../support/synthesize";

interface Grant {
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly condition?: unknown;
}

const json = synthesize((stack) => {
  const versioning = new S3BucketVersioning(stack, "versioning", {
    bucket: "acme-test-evidence",
    versioningConfiguration: { status: "Enabled" },
  });
  new ReplicatedBucket(stack, "replication", {
    source: {
      name: "acme-test-evidence",
      arn: "arn:aws:s3:::acme-test-evidence",
      region: "us-east-1",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
    },
    replica: {
      name: "acme-test-evidence-dr",
      arn: "arn:aws:s3:::acme-test-evidence-dr",
      region: "us-east-2",
      kmsKeyArn: "arn:aws:kms:us-east-2:111122223333:key/2",
    },
    roleName: "acme-test-replicate-evidence",
    ruleId: "everything",
    withinMinutes: 15,
    dependsOn: [versioning],
  });
});

describe("a replicated bucket", () => {
  test("copies every object within 15 minutes, encrypted with the key of the other region, but no deletion", () => {
    expect(only(json, "aws_s3_bucket_replication_configuration")).toMatchObject({
      region: "us-east-1",
      bucket: "acme-test-evidence",
      rule: [
        {
          id: "everything",
          status: "Enabled",
          filter: { prefix: "" },
          delete_marker_replication: { status: "Disabled" },
          source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
          destination: {
            bucket: "arn:aws:s3:::acme-test-evidence-dr",
            encryption_configuration: { replica_kms_key_id: "arn:aws:kms:us-east-2:111122223333:key/2" },
            replication_time: { status: "Enabled", time: { minutes: 15 } },
            metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
          },
        },
      ],
    });
  });

  test("does not ask for what S3 no longer takes", () => {
    expect(JSON.stringify(json)).not.toContain("existing_object_replication");
  });

  test("waits for versioning and for its role's rights", () => {
    expect(only(json, "aws_s3_bucket_replication_configuration").depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.replication_policy_/),
      "aws_s3_bucket_versioning.versioning",
    ]);
  });

  test("reads the source and its locks, writes the replica, and deletes nowhere", () => {
    const grants = Object.values(json.data?.aws_iam_policy_document ?? {}).flatMap(
      ({ statement }) => statement as Grant[],
    );

    expect(grants.map(({ actions, resources }) => [...actions, "on", ...(resources ?? [])].join(" "))).toEqual([
      "s3:GetReplicationConfiguration s3:ListBucket on arn:aws:s3:::acme-test-evidence",
      "s3:GetObjectLegalHold s3:GetObjectRetention s3:GetObjectVersionAcl s3:GetObjectVersionForReplication s3:GetObjectVersionTagging on arn:aws:s3:::acme-test-evidence/*",
      "s3:ReplicateObject s3:ReplicateTags on arn:aws:s3:::acme-test-evidence-dr/*",
      "kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/1",
      "kms:Encrypt kms:GenerateDataKey on arn:aws:kms:us-east-2:111122223333:key/2",
      "sts:AssumeRole on",
    ]);
  });

  test("uses each key only through S3 of its region and for its bucket", () => {
    const grants = Object.values(json.data?.aws_iam_policy_document ?? {}).flatMap(
      ({ statement }) => statement as Grant[],
    );
    const condition = (region: string, bucket: string) => [
      { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${region}.amazonaws.com`] },
      { test: "StringLike", variable: "kms:EncryptionContext:aws:s3:arn", values: [bucket, `${bucket}/*`] },
    ];

    expect(grants.filter(({ actions }) => actions[0]?.startsWith("kms:")).map(({ condition }) => condition)).toEqual([
      condition("us-east-1", "arn:aws:s3:::acme-test-evidence"),
      condition("us-east-2", "arn:aws:s3:::acme-test-evidence-dr"),
    ]);
  });
});

test.each(["production", "staging"])(
  "in %s evidence, archive and tables are copied once both sides are versioned and, of the first two, locked",
  (name) => {
    const stack = new ComplianceStack(new App({ stackTraces: false, skipValidation: true }), loadEnvironment(name));
    const compliance: TerraformJson = JSON.parse(Testing.synth(stack));
    const after = (address: string): string[] => {
      const [type = "", id = ""] = address.split(".");
      const direct = (compliance.resource?.[type]?.[id]?.depends_on ?? []) as string[];
      return direct.flatMap((dependency) => [dependency, ...after(dependency)]);
    };
    const replications = Object.keys(compliance.resource?.aws_s3_bucket_replication_configuration ?? {});

    expect(
      replications.map((id) => {
        const before = after(`aws_s3_bucket_replication_configuration.${id}`).map((address) => address.split(".")[0]);
        const count = (wanted: string) => before.filter((type) => type === wanted).length;
        return [id, count("aws_s3_bucket_versioning"), count("aws_s3_bucket_object_lock_configuration")];
      }),
    ).toEqual([
      ["evidence-replication", 2, 2],
      ["log-archive-replication", 2, 2],
      ["log-tables-replication", 2, 0],
    ]);
    expect(resources(compliance, "aws_s3_bucket_object_lock_configuration")).toHaveLength(4);
  },
);
