import { AppautoscalingPolicy, AppautoscalingTarget, DynamodbContributorInsights, DynamodbTableReplica } from "../aws";
import { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import type { Identity } from "../config/names";
import { arns } from "./addresses";
import { unbuilt } from "./unbuilt";

type Hardening = Existing<"table">["harden"][number];
type Autoscaling = Extract<Hardening, { with: "autoscaling" }>;

/** Scales a table, copies it to the DR region or shows its busiest keys. Backups are the recovery stack's. */
export function attachToTable(scope: Construct, table: Existing<"table">, place: Identity): void {
  for (const hardening of table.harden) {
    switch (hardening.with) {
      case "autoscaling":
        scale(new Construct(scope, hardening.with), table.name, hardening);
        break;
      case "replica":
        new DynamodbTableReplica(scope, hardening.with, {
          region: place.drRegion,
          globalTableArn: arns.table(table.name, place),
          ...(hardening.kmsKeyArn === undefined ? {} : { kmsKeyArn: hardening.kmsKeyArn }),
          pointInTimeRecovery: true,
          deletionProtectionEnabled: true,
          lifecycle: { preventDestroy: true },
        });
        break;
      case "contributor-insights":
        new DynamodbContributorInsights(scope, hardening.with, { tableName: table.name });
        break;
      case "backup":
        break;
      default:
        throw unbuilt(table, hardening.with);
    }
  }
}

function scale(scope: Construct, table: string, hardening: Autoscaling): void {
  const { targetPercent, scaleOutCooldownSeconds, scaleInCooldownSeconds } = hardening;
  const sides = [
    { id: "read", dimension: "Read", min: hardening.minReadUnits, max: hardening.maxReadUnits },
    { id: "write", dimension: "Write", min: hardening.minWriteUnits, max: hardening.maxWriteUnits },
  ];
  for (const { id, dimension, min, max } of sides) {
    const target = new AppautoscalingTarget(scope, id, {
      serviceNamespace: "dynamodb",
      resourceId: `table/${table}`,
      scalableDimension: `dynamodb:table:${dimension}CapacityUnits`,
      minCapacity: min,
      maxCapacity: max,
    });
    new AppautoscalingPolicy(scope, `${id}-utilization`, {
      name: `${table}-${id}-utilization`,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: `DynamoDB${dimension}CapacityUtilization` },
        targetValue: targetPercent,
        scaleOutCooldown: scaleOutCooldownSeconds,
        scaleInCooldown: scaleInCooldownSeconds,
      },
    });
  }
}
