import type { Block } from "../../terraform/estate";
import { bucketsWithout, settingsOf } from "../buckets";
import type { Look } from "../look";
import { enabledReplicationRules, replicationSetting, replicationsInto } from "../replication";
import type { SecurityRule } from "../security-rule";

const statuses: readonly unknown[] = ["Enabled", "Disabled"];

export const s306: SecurityRule = {
  id: "S3-06",
  scope: "linked",
  demand:
    "A bucket is replicated, unless it is a replica; each enabled rule says which objects, what becomes of delete markers, and which key the replica has.",
  why: "The loss of a region, or of the bucket, is the loss of what it holds.",
  covers: ["CKV_AWS_144"],
  *check(look) {
    for (const at of bucketsWithout(look, replicationSetting)) {
      if (replicationsInto(look, at).length > 0) continue;
      const fix = `Add an ${replicationSetting.type} to a bucket in another region.`;
      yield { at, message: "is not replicated.", fix };
    }
    for (const replication of settingsOf(look, replicationSetting)) {
      const { at } = replication;
      const rules = enabledReplicationRules(look, replication);
      if (rules.length === 0) {
        yield { at, message: "has no enabled rule.", fix: "Set the status of a rule to Enabled." };
      }
      for (const [index, rule] of rules.entries()) {
        const called = `its enabled rule ${look.text(rule, "id") ?? index}`;
        for (const missing of missingIn(look, rule)) {
          yield { at, message: `${called} does not set ${missing}.`, fix: `Set ${missing} in ${called.slice(4)}.` };
        }
      }
    }
  },
};

function missingIn(look: Look, rule: Block): string[] {
  const isStatus = (status: unknown) => statuses.includes(status);
  const markers = look.blocks(rule, "delete_marker_replication");
  const destinations = look.blocks(rule, "destination");
  const keyed = [...destinations, ...destinations.flatMap((found) => look.blocks(found, "encryption_configuration"))];
  const isThere: Readonly<Record<string, boolean>> = {
    filter: look.blocks(rule, "filter").length > 0,
    "delete_marker_replication.status":
      markers.some((marker) => look.holds(marker, "status", isStatus)) ||
      look.holds(rule, "delete_marker_replication_status", isStatus),
    "destination.encryption_configuration.replica_kms_key_id": keyed.some((block) =>
      look.isSet(block, "replica_kms_key_id"),
    ),
  };
  return Object.keys(isThere).filter((name) => !isThere[name]);
}
