import { LogArchiveStream } from "../../src/compliance/log-archive-stream";
import { logDeliveryAlarms } from "../../src/compliance/log-delivery-alarms";
import { LogSubscriptionRole } from "../../src/compliance/log-subscription-role";
import { type Attributes, names, only, resources, synthesize } from "../support/synthesize";

const bucket = "arn:aws:s3:::acme-test-log-archive";
const streamKey = "arn:aws:kms:us-east-1:111122223333:key/stream";
const archiveKey = "arn:aws:kms:eu-central-1:111122223333:key/archive";
const groupArn = "arn:aws:logs:us-east-1:111122223333:log-group:/platform/acme-test-log-delivery";

const json = synthesize((stack) => {
  const { resource } = new LogArchiveStream(stack, "edge", {
    name: "acme-test-logs",
    region: "us-east-1",
    accountId: "111122223333",
    roleName: "acme-test-log-delivery-edge",
    kmsKeyArn: streamKey,
    errorLogGroup: { name: "/platform/acme-test-log-delivery", arn: groupArn },
    archive: { name: "acme-test-log-archive", arn: bucket, region: "eu-central-1", kmsKeyArn: archiveKey },
    buffer: { seconds: 900, megabytes: 128 },
    dependsOn: [],
  });
  new LogSubscriptionRole(stack, "subscription", {
    name: "acme-test-log-subscription",
    accountId: "111122223333",
    streams: [
      { arn: resource.arn, region: "us-east-1", kmsKeyArn: streamKey },
      { arn: "arn:home", region: "eu-central-1", kmsKeyArn: "arn:home-key" },
    ],
  });
});
const stream = only(json, "aws_kinesis_firehose_delivery_stream");
const document = (id: RegExp): Attributes[] => {
  const [found] = Object.entries(json.data?.aws_iam_policy_document ?? {}).filter(([name]) => id.test(name));
  return (found?.[1].statement ?? []) as Attributes[];
};
const byName = (name: string) => resources(json, "aws_iam_role").find((role) => role.name === name);

describe("a stream into the archive", () => {
  test("writes an event a line, compressed, by the hour, and what it cannot read beside it", () => {
    expect(stream).toMatchObject({
      name: "acme-test-logs",
      region: "us-east-1",
      destination: "extended_s3",
      extended_s3_configuration: {
        bucket_arn: bucket,
        prefix: "logs/!{timestamp:yyyy/MM/dd/HH}/",
        error_output_prefix: "log-errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
        buffering_interval: 900,
        buffering_size: 128,
        compression_format: "GZIP",
        processing_configuration: {
          enabled: true,
          processors: [
            { type: "Decompression", parameters: [{ parameter_name: "CompressionFormat", parameter_value: "GZIP" }] },
            { type: "AppendDelimiterToRecord" },
          ],
        },
      },
    });
  });

  test("is encrypted with its own key, and its files with the archive's", () => {
    expect(stream).toMatchObject({
      server_side_encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: streamKey },
      extended_s3_configuration: { kms_key_arn: archiveKey },
    });
  });

  test("tells of its errors in a stream that is there before it, and comes after its role's rights", () => {
    const written = only(json, "aws_cloudwatch_log_stream");

    expect(written).toMatchObject({ log_group_name: "/platform/acme-test-log-delivery", region: "us-east-1" });
    expect(stream.extended_s3_configuration).toMatchObject({
      cloudwatch_logging_options: {
        enabled: true,
        log_group_name: "/platform/acme-test-log-delivery",
        log_stream_name: expect.stringMatching(/^\$\{aws_cloudwatch_log_stream\.edge_errors_\w+\.name\}$/),
      },
    });
    expect(stream.depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\.edge_policy_/)]);
  });

  test("has a role for Firehose of this account that writes its two folders and uses the key through S3 alone", () => {
    expect(JSON.parse(String(byName("acme-test-log-delivery-edge")?.assume_role_policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: ["firehose.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
    expect(document(/^edge_permissions_/)).toEqual([
      { actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], resources: [bucket] },
      {
        actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        resources: [`${bucket}/logs/*`, `${bucket}/log-errors/*`],
      },
      {
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [archiveKey],
        condition: [
          { test: "StringEquals", variable: "kms:ViaService", values: ["s3.eu-central-1.amazonaws.com"] },
          {
            test: "StringLike",
            variable: "kms:EncryptionContext:aws:s3:arn",
            values: [bucket, `${bucket}/logs/*`, `${bucket}/log-errors/*`],
          },
        ],
      },
      {
        actions: ["logs:PutLogEvents"],
        resources: [
          expect.stringMatching(/log-delivery:log-stream:\$\{aws_cloudwatch_log_stream\.edge_errors_\w+\.name\}$/),
        ],
      },
    ]);
  });
});

describe("the role of subscriptions", () => {
  test("is taken by CloudWatch Logs for groups of this account, in the regions that have a stream", () => {
    expect(document(/^subscription_trust_/)).toEqual([
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["logs.amazonaws.com"] }],
        condition: [
          {
            test: "StringLike",
            variable: "aws:SourceArn",
            values: ["arn:aws:logs:us-east-1:111122223333:*", "arn:aws:logs:eu-central-1:111122223333:*"],
          },
        ],
      },
    ]);
  });

  test("puts records into the streams, and uses their keys through Firehose alone", () => {
    expect(document(/^subscription_permissions_/)).toEqual([
      {
        actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        resources: [expect.stringMatching(/^\$\{aws_kinesis_firehose_delivery_stream\.edge\.arn\}$/), "arn:home"],
      },
      {
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [streamKey, "arn:home-key"],
        condition: [
          {
            test: "StringEquals",
            variable: "kms:ViaService",
            values: ["firehose.us-east-1.amazonaws.com", "firehose.eu-central-1.amazonaws.com"],
          },
        ],
      },
    ]);
  });
});

test("records that wait for over an hour, a quarter of an hour long, raise an alarm on exactly their stream", () => {
  const rows = logDeliveryAlarms({
    streamName: names.name("delivery-stream", "logs"),
    lateAfterSeconds: 3600,
  });

  expect(rows).toEqual([
    expect.objectContaining({
      key: "log-delivery-late",
      severity: "ticket",
      topic: "error-alerts",
      runbook: "RB-05",
      queries: [
        {
          id: "age",
          namespace: "AWS/Firehose",
          metricName: "DeliveryToS3.DataFreshness",
          dimensions: { DeliveryStreamName: "acme-test-logs" },
          stat: "Maximum",
        },
      ],
      comparison: ">",
      threshold: 3600,
      periodSeconds: 300,
      datapointsToAlarm: 3,
      evaluationPeriods: 3,
      missingData: "notBreaching",
    }),
  ]);
});
