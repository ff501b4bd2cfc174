import { AppautoscalingPolicy, AppautoscalingTarget } from "../aws";
import { Construct } from "../cdktf";

/** Units a second: a read unit is 4 KB, a write unit 1 KB. */
export type TableBilling =
  | { readonly mode: "on-demand"; readonly maxReadUnits: number; readonly maxWriteUnits: number }
  | ({ readonly mode: "provisioned" } & ScaledBilling);

export interface ScaledBilling {
  readonly minReadUnits: number;
  readonly maxReadUnits: number;
  readonly minWriteUnits: number;
  readonly maxWriteUnits: number;
  /** Share of the capacity in use that scaling aims at. */
  readonly targetPercent: number;
}

/** How a billing mode is written into a table; every index needs its share too, or it throttles the table's writes.
 *
 * `ignoreChanges` is what autoscaling changes behind Terraform's back. Whole indexes are in it, because their block is a
 * set whose members have no address (provider issue 671): a change of an index is made on demand, or by hand.
 */
export function capacityAttributes(billing: TableBilling, hasIndexes: boolean) {
  if (billing.mode === "on-demand") {
    const onDemandThroughput = {
      maxReadRequestUnits: billing.maxReadUnits,
      maxWriteRequestUnits: billing.maxWriteUnits,
    };
    return { billingMode: "PAY_PER_REQUEST", throughput: { onDemandThroughput }, ignoreChanges: [] as string[] };
  }
  return {
    billingMode: "PROVISIONED",
    throughput: { readCapacity: billing.minReadUnits, writeCapacity: billing.minWriteUnits },
    ignoreChanges: ["read_capacity", "write_capacity", ...(hasIndexes ? ["global_secondary_index"] : [])],
  };
}

export interface TableCapacityProps {
  readonly tableName: string;
  /** Each index has a capacity of its own; one that is not scaled throttles the writes of its table. */
  readonly indexNames: readonly string[];
  readonly billing: ScaledBilling;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

/** Scales reads and writes of a provisioned table and of every index of it towards a share in use.
 *
 * Prevents throttling when traffic grows slowly; a jump within a minute is what on-demand is for. Free but for the
 * capacity and eight CloudWatch alarms that AWS makes for a table and one index of it.
 */
export class TableCapacity extends Construct {
  /** A replica of a provisioned table can be made only after these. */
  readonly policies: AppautoscalingPolicy[] = [];

  constructor(scope: Construct, id: string, props: TableCapacityProps) {
    super(scope, id);
    const table = `table/${props.tableName}`;
    const scaled = [
      { noun: "table", kind: "table", resourceId: table },
      ...props.indexNames.map((index) => ({ noun: index, kind: "index", resourceId: `${table}/index/${index}` })),
    ];
    for (const { noun, kind, resourceId } of scaled) {
      for (const unit of ["Read", "Write"] as const) {
        const target = new AppautoscalingTarget(this, `${noun}-${unit.toLowerCase()}-target`, {
          serviceNamespace: "dynamodb",
          resourceId,
          scalableDimension: `dynamodb:${kind}:${unit}CapacityUnits`,
          minCapacity: props.billing[`min${unit}Units`],
          maxCapacity: props.billing[`max${unit}Units`],
        });
        const metric = `DynamoDB${unit}CapacityUtilization`;
        const policy = new AppautoscalingPolicy(this, `${noun}-${unit.toLowerCase()}-policy`, {
          name: `${metric}:${resourceId}`,
          policyType: "TargetTrackingScaling",
          serviceNamespace: target.serviceNamespace,
          resourceId: target.resourceId,
          scalableDimension: target.scalableDimension,
          targetTrackingScalingPolicyConfiguration: {
            predefinedMetricSpecification: { predefinedMetricType: metric },
            targetValue: props.billing.targetPercent,
            scaleOutCooldown: props.scaleOutCooldownSeconds,
            scaleInCooldown: props.scaleInCooldownSeconds,
          },
        });
        this.policies.push(policy);
      }
    }
  }
}
