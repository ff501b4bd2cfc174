import { BackupSelection } from "../aws";
import type { Construct } from "../cdktf";
import type { ExistingThing } from "../config/existing";
import type { Names } from "../config/names";
import { arns } from "./addresses";

interface BackupProps {
  readonly names: Names;
  readonly backupPlanId: string;
  /** Assumed by AWS Backup. */
  readonly backupRoleArn: string;
}

/** Puts tables of others under the backup plan; AWS Backup takes them by ARN, in one selection. */
export function backUpTables(scope: Construct, things: readonly ExistingThing[], props: BackupProps): void {
  const tableArns = things.flatMap((thing) =>
    thing.kind === "table" && thing.harden.some((hardening) => hardening.with === "backup")
      ? [arns.table(thing.name, props.names.identity)]
      : [],
  );
  if (tableArns.length === 0) return;
  new BackupSelection(scope, "tables", {
    planId: props.backupPlanId,
    name: "existing-tables",
    iamRoleArn: props.backupRoleArn,
    resources: tableArns,
  });
}
