import { CloudwatchLogGroup } from "../aws";
import type { Construct } from "../cdktf";
import type { Existing } from "../config/existing";
import { takeOver, untouchedBut } from "./take-over";
import { unbuilt } from "./unbuilt";

type Settings = NonNullable<ConstructorParameters<typeof CloudwatchLogGroup>[2]>;

/** What describes a log group; of these, hardened ones are set and the others ignored. */
const attributes = ["kms_key_id", "log_group_class", "retention_in_days", "skip_destroy", "tags", "tags_all"];

/** Imports a log group and sets what `harden` lists. A shorter retention deletes what is older, within days. */
export function adoptLogGroup(scope: Construct, group: Existing<"log-group">): void {
  const settings: Settings = Object.assign({}, ...group.harden.map((hardening) => setting(group, hardening)));
  const resource = new CloudwatchLogGroup(scope, "log-group", {
    ...settings,
    name: group.name,
    lifecycle: untouchedBut(settings, attributes),
  });
  takeOver(resource, group, group.name);
}

function setting(group: Existing<"log-group">, hardening: Existing<"log-group">["harden"][number]): Settings {
  switch (hardening.with) {
    case "retention":
      return { retentionInDays: hardening.days };
    case "encryption":
      return { kmsKeyId: hardening.kmsKeyArn };
    default:
      throw unbuilt(group, hardening.with);
  }
}
