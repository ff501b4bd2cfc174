import { DynamodbTable } from "../aws";
import { Construct } from "../cdktf";

/** How the table is billed, in the words of `aws_dynamodb_table`; `throughput` goes into the table and every index. */
export interface TableThroughput {
  readonly billingMode: string;
  readonly throughput: {
    readonly readCapacity?: number;
    readonly writeCapacity?: number;
    readonly onDemandThroughput?: { readonly maxReadRequestUnits: number; readonly maxWriteRequestUnits: number };
  };
  /** Terraform attributes that something else changes. */
  readonly ignoreChanges: readonly string[];
}

export interface ProtectedTableProps {
  readonly name: string;
  readonly kmsKeyArn: string;
  /** Days that every second can be restored from, 1 to 35. */
  readonly pointInTimeDays: number;
  readonly capacity: TableThroughput;
  /** An index with all attributes over two string attributes. @default - none */
  readonly index?: { readonly name: string; readonly partitionKey: string; readonly sortKey: string };
}

/** A table (`pk`, `sk`, expiry in `expiresAt`) that survives a bad write, a deletion and a hasty plan.
 *
 * Point-in-time recovery brings back any second of the window in under an hour (FS-07, FS-08); deletion protection and
 * `prevent_destroy` refuse to drop the table, at AWS and in the plan. The stream carries changes to the replica.
 * Point-in-time recovery costs 0.20 USD per GB and month.
 */
export class ProtectedTable extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ProtectedTableProps) {
    super(scope, id);
    const { capacity, index } = props;
    const attributes = ["pk", "sk", ...(index ? [index.partitionKey, index.sortKey] : [])];
    const table = new DynamodbTable(this, "Default", {
      name: props.name,
      hashKey: "pk",
      rangeKey: "sk",
      attribute: attributes.map((name) => ({ name, type: "S" })),
      billingMode: capacity.billingMode,
      ...capacity.throughput,
      ...(index
        ? {
            globalSecondaryIndex: [
              {
                name: index.name,
                hashKey: index.partitionKey,
                rangeKey: index.sortKey,
                projectionType: "ALL",
                ...capacity.throughput,
              },
            ],
          }
        : {}),
      ttl: { attributeName: "expiresAt", enabled: true },
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      serverSideEncryption: { enabled: true, kmsKeyArn: props.kmsKeyArn },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: props.pointInTimeDays },
      deletionProtectionEnabled: true,
      lifecycle: {
        preventDestroy: true,
        // The replica is a resource of its own; without this the table would remove it on the next apply.
        ignoreChanges: ["replica", ...capacity.ignoreChanges],
      },
    });
    this.name = table.name;
    this.arn = table.arn;
  }
}
