import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { DataStack } from "../../src/stacks/data-stack";
import { type Attributes, resources, type TerraformJson } from "../support/synthesize";

const json: TerraformJson = JSON.parse(
  Testing.synth(new DataStack(new App({ stackTraces: false, skipValidation: true }), loadEnvironment("production"))),
);

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly Service?: readonly string[] };
  readonly Condition?: { readonly StringLike?: Readonly<Record<string, readonly string[]>> };
}

describe("keys", () => {
  const policies = Object.entries(json.resource?.aws_kms_key ?? {}).map(([name, { policy, region }]) => {
    const allowed = (JSON.parse(String(policy)).Statement as Statement[]).filter(({ Effect }) => Effect === "Allow");
    return {
      key: name.split("_")[1],
      region: region ?? "us-east-1",
      through: [...new Set(allowed.flatMap(({ Condition }) => Condition?.StringLike?.["kms:ViaService"] ?? []))],
      services: allowed.flatMap(({ Principal }) => Principal.Service ?? []),
    };
  });

  test("each purpose and region has one, open to that purpose's services alone", () => {
    expect(policies.sort((one, other) => String(one.key).localeCompare(String(other.key)))).toEqual([
      {
        key: "data",
        region: "us-east-1",
        through: ["dynamodb.*.amazonaws.com", "s3.*.amazonaws.com"],
        services: ["cloudfront.amazonaws.com"],
      },
      {
        key: "data-dr",
        region: "us-east-2",
        through: ["dynamodb.*.amazonaws.com", "s3.*.amazonaws.com"],
        services: ["cloudfront.amazonaws.com"],
      },
      { key: "functions", region: "us-east-1", through: ["lambda.*.amazonaws.com"], services: [] },
      { key: "logs", region: "us-east-1", through: [], services: ["logs.us-east-1.amazonaws.com"] },
      { key: "messages", region: "us-east-1", through: ["sqs.*.amazonaws.com"], services: ["events.amazonaws.com"] },
      { key: "secrets", region: "us-east-1", through: ["secretsmanager.*.amazonaws.com"], services: [] },
      { key: "secrets-dr", region: "us-east-2", through: ["secretsmanager.*.amazonaws.com"], services: [] },
    ]);
  });

  test("those of the data let CloudFront decrypt the UI's bucket of their region, and nothing else", () => {
    const admitted = Object.values(json.resource?.aws_kms_key ?? {})
      .flatMap(({ policy, region }) =>
        (JSON.parse(String(policy)).Statement as (Statement & { readonly Action: readonly string[] })[])
          .filter(({ Principal }) => Principal.Service?.includes("cloudfront.amazonaws.com"))
          .map(({ Action, Condition }) => [region ?? "us-east-1", Action, Condition]),
      )
      .sort(([one], [other]) => String(one).localeCompare(String(other)));
    const conditions = (bucketArn: string) => ({
      StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucketArn },
      StringLike: { "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*" },
    });

    expect(admitted).toEqual([
      ["us-east-1", ["kms:Decrypt"], conditions("arn:aws:s3:::acme-production-ui-111122223333")],
      ["us-east-2", ["kms:Decrypt"], conditions("arn:aws:s3:::acme-production-ui-dr-111122223333")],
    ]);
  });

  test("that of the logs admits every kind of log group that the platform has, API Gateway's own among them", () => {
    const [policy] = Object.entries(json.resource?.aws_kms_key ?? {}).filter(([name]) => name.startsWith("keys_logs"));
    const statements: { Condition?: { ArnLike?: Record<string, string[]> } }[] = JSON.parse(
      String(policy?.[1].policy),
    ).Statement;

    expect(
      statements.flatMap(({ Condition }) => Condition?.ArnLike?.["kms:EncryptionContext:aws:logs:arn"] ?? []),
    ).toEqual([
      "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/acme-production-*",
      "arn:aws:logs:us-east-1:111122223333:log-group:/platform/acme-production-*",
      "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-acme-production-*",
      "arn:aws:logs:us-east-1:111122223333:log-group:API-Gateway-Execution-Logs_*",
    ]);
  });

  test("they are found by alias, the two of the second region under the same names", () => {
    const aliases = resources(json, "aws_kms_alias").map(({ name, region }) => `${region ?? "us-east-1"} ${name}`);

    expect(aliases.sort()).toEqual([
      "us-east-1 alias/acme-production-data",
      "us-east-1 alias/acme-production-functions",
      "us-east-1 alias/acme-production-logs",
      "us-east-1 alias/acme-production-messages",
      "us-east-1 alias/acme-production-secrets",
      "us-east-2 alias/acme-production-data",
      "us-east-2 alias/acme-production-secrets",
    ]);
  });
});

describe("buckets", () => {
  const nounOf = (logicalId: string) => logicalId.split("_")[1];
  const buckets = (type: string) =>
    Object.keys(json.resource?.[type] ?? {})
      .map(nounOf)
      .sort();

  test("artifacts and UI log their accesses into the log bucket of their region, which does not log itself", () => {
    expect(buckets("aws_s3_bucket")).toEqual([
      "access-logs",
      "access-logs-dr",
      "artifacts",
      "artifacts-dr",
      "ui",
      "ui-dr",
    ]);
    const targets = Object.entries(json.resource?.aws_s3_bucket_logging ?? {}).map(([name, { target_bucket }]) => [
      nounOf(name),
      /^\$\{aws_s3_bucket\.buckets_(access-logs(-dr)?)_\w+\.bucket\}$/.exec(String(target_bucket))?.[1],
    ]);
    expect(Object.fromEntries(targets)).toEqual({
      artifacts: "access-logs",
      "artifacts-dr": "access-logs-dr",
      ui: "access-logs",
      "ui-dr": "access-logs-dr",
    });
  });

  test("those of the second region lie there and use its key", () => {
    const inSecondRegion = (type: string) =>
      Object.entries(json.resource?.[type] ?? {})
        .filter(([, { region }]) => region === "us-east-2")
        .map(([name]) => nounOf(name))
        .sort();

    for (const type of ["aws_s3_bucket", "aws_s3_bucket_server_side_encryption_configuration"]) {
      expect(inSecondRegion(type)).toEqual(["access-logs-dr", "artifacts-dr", "ui-dr"]);
    }
    const keys = Object.entries(json.resource?.aws_s3_bucket_server_side_encryption_configuration ?? {}).map(
      ([name, encryption]) => [
        nounOf(name),
        /aws_kms_key\.keys_(data(-dr)?)_\w+\.arn/.exec(JSON.stringify(encryption.rule))?.[1],
      ],
    );
    expect(Object.fromEntries(keys)).toEqual({
      "access-logs": undefined,
      "access-logs-dr": undefined,
      artifacts: "data",
      "artifacts-dr": "data-dr",
      ui: "data",
      "ui-dr": "data-dr",
    });
  });

  test("those of the UI have no policy here, since the stack of their distribution writes the one they can have", () => {
    expect(buckets("aws_s3_bucket_policy")).toEqual(["access-logs", "access-logs-dr", "artifacts", "artifacts-dr"]);
  });

  test("artifacts and their copies expire with the reviews they belong to, access logs after 400 days, old versions after 30", () => {
    const days = Object.entries(json.resource?.aws_s3_bucket_lifecycle_configuration ?? {})
      .map(([name, { rule }]) => {
        const [, expiry] = rule as Attributes[];
        return {
          bucket: nounOf(name),
          expiration: expiry?.expiration,
          noncurrent_version_expiration: expiry?.noncurrent_version_expiration,
        };
      })
      .sort((one, other) => String(one.bucket).localeCompare(String(other.bucket)));

    const noncurrent_version_expiration = [{ noncurrent_days: 30 }];
    expect(days).toEqual([
      { bucket: "access-logs", expiration: [{ days: 400 }], noncurrent_version_expiration },
      { bucket: "access-logs-dr", expiration: [{ days: 400 }], noncurrent_version_expiration },
      { bucket: "artifacts", expiration: [{ days: 365 }], noncurrent_version_expiration },
      { bucket: "artifacts-dr", expiration: [{ days: 365 }], noncurrent_version_expiration },
      { bucket: "ui", expiration: undefined, noncurrent_version_expiration },
      { bucket: "ui-dr", expiration: undefined, noncurrent_version_expiration },
    ]);
  });
});

test("a plan can destroy no table, replica, bucket, key or secret", () => {
  const stateful = [
    "aws_dynamodb_table",
    "aws_dynamodb_table_replica",
    "aws_kms_key",
    "aws_s3_bucket",
    "aws_secretsmanager_secret",
  ].flatMap((type) => resources(json, type));

  expect(stateful).toHaveLength(2 + 2 + 7 + 6 + 3);
  for (const resource of stateful) expect(resource.lifecycle).toMatchObject({ prevent_destroy: true });
});
