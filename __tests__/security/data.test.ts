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
        services: [],
      },
      { key: "functions", region: "us-east-1", through: ["lambda.*.amazonaws.com"], services: [] },
      { key: "logs", region: "us-east-1", through: [], services: ["logs.us-east-1.amazonaws.com"] },
      { key: "messages", region: "us-east-1", through: ["sqs.*.amazonaws.com"], services: ["events.amazonaws.com"] },
      { key: "secrets", region: "us-east-1", through: ["secretsmanager.*.amazonaws.com"], services: [] },
      { key: "secrets-dr", region: "us-east-2", through: ["secretsmanager.*.amazonaws.com"], services: [] },
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

  test("artifacts and UI log their accesses into the home region's log bucket, which does not log itself", () => {
    expect(buckets("aws_s3_bucket")).toEqual(["access-logs", "access-logs-dr", "artifacts", "ui"]);
    expect(buckets("aws_s3_bucket_logging")).toEqual(["artifacts", "ui"]);
    for (const { target_bucket } of resources(json, "aws_s3_bucket_logging")) {
      expect(target_bucket).toMatch(/^\$\{aws_s3_bucket\.buckets_access-logs_\w+\.bucket\}$/);
    }
  });

  test("the UI bucket has no policy here, since the stack of its distribution writes the one it can have", () => {
    expect(buckets("aws_s3_bucket_policy")).toEqual(["access-logs", "access-logs-dr", "artifacts"]);
  });

  test("artifacts expire with the reviews they belong to, access logs after 400 days, old versions after 30", () => {
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
      { bucket: "ui", expiration: undefined, noncurrent_version_expiration },
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

  expect(stateful).toHaveLength(2 + 2 + 7 + 4 + 3);
  for (const resource of stateful) expect(resource.lifecycle).toMatchObject({ prevent_destroy: true });
});
