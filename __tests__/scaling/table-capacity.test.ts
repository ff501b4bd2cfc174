import { capacityAttributes, TableCapacity } from "../../src/scaling/table-capacity";
import { resources, synthesize } from "../support/synthesize";

const billing = {
  mode: "provisioned",
  minReadUnits: 5,
  maxReadUnits: 1000,
  minWriteUnits: 7,
  maxWriteUnits: 500,
  targetPercent: 70,
} as const;

describe("capacity of a table", () => {
  test("on demand it has a ceiling, and Terraform sees every change", () => {
    expect(capacityAttributes({ mode: "on-demand", maxReadUnits: 1000, maxWriteUnits: 500 }, true)).toEqual({
      billingMode: "PAY_PER_REQUEST",
      throughput: { onDemandThroughput: { maxReadRequestUnits: 1000, maxWriteRequestUnits: 500 } },
      ignoreChanges: [],
    });
  });

  test("provisioned it starts at the minimum, and Terraform leaves alone what scaling changes", () => {
    expect(capacityAttributes(billing, true)).toEqual({
      billingMode: "PROVISIONED",
      throughput: { readCapacity: 5, writeCapacity: 7 },
      ignoreChanges: ["read_capacity", "write_capacity", "global_secondary_index"],
    });
  });

  test("without an index, changes of indexes are not ignored", () => {
    expect(capacityAttributes(billing, false).ignoreChanges).toEqual(["read_capacity", "write_capacity"]);
  });
});

describe("scaling", () => {
  const json = synthesize((stack) => {
    new TableCapacity(stack, "reviews-capacity", {
      tableName: "acme-test-reviews",
      indexNames: ["by-created-at"],
      billing,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
    });
  });

  test("covers reads and writes of the table and of its index, within the bounds", () => {
    const targets = resources(json, "aws_appautoscaling_target").map(
      ({ resource_id, scalable_dimension, min_capacity, max_capacity }) =>
        `${resource_id} ${scalable_dimension} ${min_capacity}-${max_capacity}`,
    );

    expect(targets.sort()).toEqual([
      "table/acme-test-reviews dynamodb:table:ReadCapacityUnits 5-1000",
      "table/acme-test-reviews dynamodb:table:WriteCapacityUnits 7-500",
      "table/acme-test-reviews/index/by-created-at dynamodb:index:ReadCapacityUnits 5-1000",
      "table/acme-test-reviews/index/by-created-at dynamodb:index:WriteCapacityUnits 7-500",
    ]);
  });

  test("each target is driven by its own metric: out quickly, in slowly", () => {
    const policies = Object.entries(json.resource?.aws_appautoscaling_policy ?? {});

    expect(policies).toHaveLength(4);
    for (const [name, policy] of policies) {
      const [, noun] = /^reviews-capacity_(.+)-policy_/.exec(name) ?? [];
      expect(policy.resource_id).toMatch(
        new RegExp(`^\\$\\{aws_appautoscaling_target\\.reviews-capacity_${noun}-target_\\w+\\.resource_id\\}$`),
      );
      expect(policy).toMatchObject({
        policy_type: "TargetTrackingScaling",
        target_tracking_scaling_policy_configuration: {
          predefined_metric_specification: {
            predefined_metric_type: noun?.endsWith("-read")
              ? "DynamoDBReadCapacityUtilization"
              : "DynamoDBWriteCapacityUtilization",
          },
          target_value: 70,
          scale_out_cooldown: 60,
          scale_in_cooldown: 300,
        },
      });
    }
  });
});
