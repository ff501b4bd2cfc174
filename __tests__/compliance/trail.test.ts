import { App, Testing } from "../../src/cdktf";
import { AuditQueries } from "../../src/compliance/audit-queries";
import { trailBucketStatements } from "../../src/compliance/trail-access";
import { trailColumns } from "../../src/compliance/trail-columns";
import { loadEnvironment } from "../../src/config/load";
import { ComplianceStack } from "../../src/stacks/compliance-stack";
import { names, only, resources, synthesize, type TerraformJson } from "../support/synthesize";

interface Statement {
  readonly Sid: string;
  readonly Principal: { readonly Service?: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe.each([
  ["production", "us-east-1", "111122223333", "us-east-1,us-east-2"],
  ["staging", "eu-central-1", "444455556666", "eu-central-1,eu-west-1,us-east-1"],
])("the trail in %s", (name, region, account, regions) => {
  const stack = new ComplianceStack(new App({ stackTraces: false, skipValidation: true }), loadEnvironment(name));
  const json: TerraformJson = JSON.parse(Testing.synth(stack));
  const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/acme-${name}-trail`;
  const statements = (policies: readonly unknown[]): Statement[] =>
    policies
      .flatMap((policy) => JSON.parse(String(policy)).Statement as Statement[])
      .filter(({ Principal }) => Principal.Service?.includes("cloudtrail.amazonaws.com"));

  test("covers every region, signs its files, encrypts them with a customer key and tells of each", () => {
    expect(only(json, "aws_cloudtrail")).toMatchObject({
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_logging: true,
      enable_log_file_validation: true,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.log-archive_key_.*\.arn\}$/),
      s3_bucket_name: expect.stringMatching(/^\$\{aws_s3_bucket\.log-archive_bucket_/),
      cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail-logs.arn}:*",
      sns_topic_name: expect.stringMatching(/^\$\{aws_sns_topic\.trail_topic_.*\.name\}$/),
    });
  });

  test("records every read and write of evidence", () => {
    expect(only(json, "aws_cloudtrail").event_selector).toEqual([
      {
        include_management_events: true,
        read_write_type: "All",
        data_resource: [
          {
            type: "AWS::S3::Object",
            values: [expect.stringMatching(/^\$\{aws_s3_bucket\.evidence_bucket_.*\.arn\}\/$/)],
          },
        ],
      },
    ]);
  });

  test("is made once the bucket, the topic and its role admit it", () => {
    expect(only(json, "aws_cloudtrail").depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_policy\.log-archive_lock_policy_/),
      expect.stringMatching(/^aws_sns_topic_policy\.trail_topic-policy_/),
      expect.stringMatching(/^aws_iam_role_policy\.trail_role-policy_/),
    ]);
  });

  test("is the only one that may write into the archive, and only below its account's prefix", () => {
    const bucket = `arn:aws:s3:::acme-${name}-log-archive-${account}`;
    const found = statements(resources(json, "aws_s3_bucket_policy").map(({ policy }) => policy));

    expect(found).toEqual([
      expect.objectContaining({
        Action: ["s3:GetBucketAcl"],
        Resource: bucket,
        Condition: { StringEquals: { "aws:SourceArn": trailArn } },
      }),
      expect.objectContaining({
        Action: ["s3:PutObject"],
        Resource: `${bucket}/AWSLogs/${account}/*`,
        Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
      }),
    ]);
  });

  test("uses one key, for its files and for the notices of its topic", () => {
    const topicArn = `arn:aws:sns:${region}:${account}:acme-${name}-trail`;
    const found = statements(resources(json, "aws_kms_key").map(({ policy }) => policy));

    expect(found.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [
        ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"],
        { StringEquals: { "aws:SourceArn": trailArn } },
      ],
      [
        ["kms:Decrypt", "kms:GenerateDataKey"],
        { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn } },
      ],
    ]);
  });

  test("can be searched for a year in its log group, which is encrypted and stays", () => {
    expect(json.resource?.aws_cloudwatch_log_group?.["trail-logs"]).toEqual({
      name: `/platform/acme-${name}-trail`,
      retention_in_days: 365,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.log-archive_key_/),
      lifecycle: { prevent_destroy: true },
    });
  });

  test("answers SQL in a workgroup whose limit and encryption nobody can loosen", () => {
    expect(only(json, "aws_athena_workgroup")).toMatchObject({
      name: `acme-${name}-audit`,
      configuration: {
        enforce_workgroup_configuration: true,
        bytes_scanned_cutoff_per_query: 10_737_418_240,
        result_configuration: {
          expected_bucket_owner: account,
          encryption_configuration: {
            encryption_option: "SSE_KMS",
            kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.log-archive_key_/),
          },
        },
      },
    });
  });

  test("has a table that finds its files by region and day, without Terraform reading Athena's placeholders", () => {
    expect(only(json, "aws_glue_catalog_database").name).toBe(`acme_${name}_logs`);
    expect(only(json, "aws_glue_catalog_table")).toMatchObject({
      partition_keys: [{ name: "region" }, { name: "timestamp" }],
      parameters: {
        "projection.enabled": "true",
        "projection.region.values": regions,
        "projection.timestamp.format": "yyyy/MM/dd",
        "storage.location.template": expect.stringMatching(
          new RegExp(
            `^s3://\\$\\{aws_s3_bucket\\.log-archive_bucket_[^}]+\\}/AWSLogs/${account}/CloudTrail/\\$\\$\\{region\\}/\\$\\$\\{timestamp\\}$`,
          ),
        ),
      },
    });
  });
});

test("another account's trail of the same name is not let into the archive", () => {
  const [, delivery] = trailBucketStatements("arn:aws:s3:::archive", {
    trailArn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/acme-test-trail",
    accountId: "111122223333",
  });

  expect(delivery?.Condition?.StringEquals?.["aws:SourceArn"]).toBe(
    "arn:aws:cloudtrail:us-east-1:111122223333:trail/acme-test-trail",
  );
});

test("columns of the trail's table are what the SerDe matches: lower case, each once, with who, what, where and when", () => {
  const columns = trailColumns.map(([column]) => column);

  expect(columns).toEqual([...new Set(columns)]);
  expect(columns.filter((column) => !/^[a-z]+$/.test(column))).toEqual([]);
  expect(columns).toEqual(
    expect.arrayContaining([
      "useridentity",
      "eventname",
      "eventsource",
      "awsregion",
      "eventtime",
      "errorcode",
      "resources",
    ]),
  );
  expect(trailColumns.find(([column]) => column === "useridentity")?.[1]).toBe(
    "struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,sessioncontext:struct<attributes:struct<mfaauthenticated:string>,sessionissuer:struct<arn:string>>>",
  );
});

test("answers of queries go to the bucket for results, never among the locked files", () => {
  const json = synthesize((stack) => {
    new AuditQueries(stack, "audit", {
      names,
      accountId: "111122223333",
      archiveBucketName: "archive",
      resultsBucketName: "results",
      kmsKeyArn: "arn:key",
      scanLimitBytes: 10_485_760,
      regions: ["us-east-1"],
    });
  });

  expect(only(json, "aws_athena_workgroup")).toMatchObject({
    configuration: { result_configuration: { output_location: "s3://results/query-results/" } },
  });
  expect(only(json, "aws_glue_catalog_table")).toMatchObject({
    storage_descriptor: { location: "s3://archive/AWSLogs/111122223333/CloudTrail" },
  });
});
