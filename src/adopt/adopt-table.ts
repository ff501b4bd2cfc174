import { DynamodbTable } from "../aws";
import type { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import { takeOver, untouchedBut } from "./take-over";
import { unbuilt } from "./unbuilt";

type Settings = Partial<ConstructorParameters<typeof DynamodbTable>[2]>;

/** What describes a table; of these, hardened ones are set and the others ignored. */
const attributes = [
  "attribute",
  "billing_mode",
  "deletion_protection_enabled",
  "global_secondary_index",
  "hash_key",
  "local_secondary_index",
  "on_demand_throughput",
  "point_in_time_recovery",
  "range_key",
  "read_capacity",
  "replica",
  "server_side_encryption",
  "stream_enabled",
  "stream_view_type",
  "table_class",
  "tags",
  "tags_all",
  "ttl",
  "write_capacity",
];

/** Imports a table and sets what `harden` lists.
 *
 * A table that is lost is not made again empty: without its keys Terraform cannot, and a restore needs the name.
 */
export function adoptTable(scope: Construct, table: Existing<"table">): void {
  const settings: Settings = Object.assign({}, ...table.harden.map((hardening) => setting(table, hardening)));
  const resource = new DynamodbTable(scope, "table", {
    ...settings,
    name: table.name,
    lifecycle: untouchedBut(settings, attributes),
  });
  takeOver(resource, table, table.name);
}

function setting(table: Existing<"table">, hardening: Existing<"table">["harden"][number]): Settings {
  switch (hardening.with) {
    case "point-in-time-recovery":
      return { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: hardening.days } };
    case "deletion-protection":
      return { deletionProtectionEnabled: true };
    case "encryption":
      return { serverSideEncryption: { enabled: true, kmsKeyArn: hardening.kmsKeyArn } };
    case "time-to-live":
      return { ttl: { enabled: true, attributeName: hardening.attributeName } };
    case "stream":
      return { streamEnabled: true, streamViewType: hardening.viewType };
    default:
      throw unbuilt(table, hardening.with);
  }
}
