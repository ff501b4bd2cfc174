import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import { ProtectedTable, type ProtectedTableProps } from "../../src/recovery/protected-table";
import { TableReplica } from "../../src/recovery/table-replica";
import { DataStack } from "../../src/stacks/data-stack";
import { only, resources, synthesize, type TerraformJson } from "../support/synthesize";

const onDemand: ProtectedTableProps["capacity"] = {
  billingMode: "PAY_PER_REQUEST",
  throughput: { onDemandThroughput: { maxReadRequestUnits: 1000, maxWriteRequestUnits: 500 } },
  ignoreChanges: [],
};

const table = (props: Partial<ProtectedTableProps> = {}) =>
  only(
    synthesize((stack) => {
      new ProtectedTable(stack, "reviews-table", {
        name: "acme-test-reviews",
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        pointInTimeDays: 35,
        capacity: onDemand,
        ...props,
      });
    }),
    "aws_dynamodb_table",
  );

describe("a protected table", () => {
  test("can be restored to any second of 35 days and is not deleted by mistake, at AWS or in a plan", () => {
    expect(table()).toMatchObject({
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("is encrypted with the customer key, forgets items by `expiresAt` and streams whole images", () => {
    expect(table()).toMatchObject({
      server_side_encryption: { enabled: true, kms_key_arn: "arn:aws:kms:us-east-1:111122223333:key/1" },
      ttl: { enabled: true, attribute_name: "expiresAt" },
      stream_enabled: true,
      stream_view_type: "NEW_AND_OLD_IMAGES",
    });
  });

  test("has the keys of the data model, and declares no attribute that no key uses", () => {
    expect(table()).toMatchObject({
      hash_key: "pk",
      range_key: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
    });
    expect(table()).not.toHaveProperty("global_secondary_index");
  });

  test("an index holds all attributes and has the table's capacity for itself", () => {
    const { global_secondary_index, attribute } = table({
      index: { name: "by-created-at", partitionKey: "repository", sortKey: "createdAt" },
    });

    expect(global_secondary_index).toEqual([
      {
        name: "by-created-at",
        hash_key: "repository",
        range_key: "createdAt",
        projection_type: "ALL",
        on_demand_throughput: { max_read_request_units: 1000, max_write_request_units: 500 },
      },
    ]);
    expect(attribute).toHaveLength(4);
  });

  test("leaves its replica alone, whatever else it ignores", () => {
    const capacity = { ...onDemand, ignoreChanges: ["read_capacity"] };

    expect(table({ capacity })).toMatchObject({ lifecycle: { ignore_changes: ["replica", "read_capacity"] } });
  });
});

test("a replica has a key, point-in-time recovery and protection of its own", () => {
  const json = synthesize((stack) => {
    new TableReplica(stack, "reviews-replica", {
      tableArn: "arn:aws:dynamodb:us-east-1:111122223333:table/acme-test-reviews",
      region: "us-east-2",
      kmsKeyArn: "arn:aws:kms:us-east-2:111122223333:key/2",
      after: [],
    });
  });

  expect(only(json, "aws_dynamodb_table_replica")).toEqual({
    global_table_arn: "arn:aws:dynamodb:us-east-1:111122223333:table/acme-test-reviews",
    region: "us-east-2",
    kms_key_arn: "arn:aws:kms:us-east-2:111122223333:key/2",
    point_in_time_recovery: true,
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

describe("the tables of an environment", () => {
  const data = (environment: string): TerraformJson =>
    JSON.parse(
      Testing.synth(new DataStack(new App({ stackTraces: false, skipValidation: true }), loadEnvironment(environment))),
    );

  test.each([
    ["production", "us-east-2"],
    ["staging", "eu-west-1"],
  ])("%s: each has a copy in %s under a key of that region", (environment, region) => {
    const json = data(environment);
    const replicas = resources(json, "aws_dynamodb_table_replica");

    expect(resources(json, "aws_dynamodb_table").map(({ name }) => name)).toEqual([
      `acme-${environment}-deliveries`,
      `acme-${environment}-reviews`,
    ]);
    expect(replicas.map(({ global_table_arn }) => global_table_arn)).toEqual([
      "${aws_dynamodb_table.deliveries-table.arn}",
      "${aws_dynamodb_table.reviews-table.arn}",
    ]);
    for (const replica of replicas) {
      const [, key = ""] = /^\$\{aws_kms_key\.([\w-]+)\.arn\}$/.exec(String(replica.kms_key_arn)) ?? [];
      expect(replica.region).toBe(region);
      expect(json.resource?.aws_kms_key?.[key]?.region).toBe(region);
    }
  });

  test("a provisioned table is replicated only after all its scaling, or DynamoDB refuses", () => {
    const json = data("staging");

    const policies = Object.keys(json.resource?.aws_appautoscaling_policy ?? {});
    const awaited = resources(json, "aws_dynamodb_table_replica").flatMap(({ depends_on }) => depends_on as string[]);

    expect(policies).toHaveLength(6);
    expect(awaited.sort()).toEqual(policies.map((name) => `aws_appautoscaling_policy.${name}`).sort());
  });

  test("on demand, the table and its index both have a ceiling", () => {
    const [, reviews] = resources(data("production"), "aws_dynamodb_table");

    const ceiling = { on_demand_throughput: { max_read_request_units: 1000, max_write_request_units: 500 } };
    expect(reviews).toMatchObject({ ...ceiling, global_secondary_index: [ceiling] });
  });
});
