import { DynamodbTableReplica } from "../aws";
import { Construct, type TerraformResource } from "../cdktf";

export interface TableReplicaProps {
  readonly tableArn: string;
  readonly region: string;
  /** A key of the replica's region: the loss of one key must not take both copies. */
  readonly kmsKeyArn: string;
  /** Autoscaling of the table, if it is provisioned. */
  readonly after: readonly TerraformResource[];
}

/** A second copy of a table in another region, usually a second behind (FS-01).
 *
 * Backups alone cannot reach an RPO of an hour for the loss of a region: point-in-time recovery stays in one. The copy
 * has point-in-time recovery of its own, because a bad write reaches it too. A resource of its own, not a block of the
 * table: DynamoDB refuses to replicate a provisioned table before its writes scale, and scaling needs the table
 * (provider issue 13097). Costs 0.625 USD per million writes and 0.45 per GB and month.
 */
export class TableReplica extends Construct {
  constructor(scope: Construct, id: string, props: TableReplicaProps) {
    super(scope, id);
    new DynamodbTableReplica(this, "Default", {
      region: props.region,
      globalTableArn: props.tableArn,
      kmsKeyArn: props.kmsKeyArn,
      pointInTimeRecovery: true,
      deletionProtectionEnabled: true,
      lifecycle: { preventDestroy: true },
      ...(props.after.length > 0 ? { dependsOn: [...props.after] } : {}),
    });
  }
}
