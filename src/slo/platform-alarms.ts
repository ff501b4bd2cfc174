import type { AlarmRow } from "./alarm-row";
import { type ApiThresholds, apiAlarms } from "./api-alarms";
import { type FunctionThresholds, functionAlarms } from "./function-alarms";
import { groupExpiryAlarms } from "./group-expiry-alarms";
import { queueAlarms } from "./queue-alarms";
import { type SecretThresholds, secretAlarms } from "./secret-alarms";
import { tableAlarms } from "./table-alarms";
import type { Watched } from "./watched";

export interface AlarmThresholds extends ApiThresholds, FunctionThresholds, SecretThresholds {
  readonly queueAgeSeconds: number;
  readonly groupExpiryDays: number;
}

/** The alarms on metrics of the home region: API, functions, tables, queue, firewall, secrets. */
export function platformAlarms(watched: Watched, thresholds: AlarmThresholds): AlarmRow[] {
  return [
    ...apiAlarms(watched.apis, thresholds),
    ...functionAlarms(watched.functions, thresholds),
    ...tableAlarms(watched.tables),
    ...queueAlarms(watched.queue, thresholds.queueAgeSeconds),
    ...groupExpiryAlarms(watched.pinnedGroups, thresholds.groupExpiryDays),
    ...secretAlarms(watched, thresholds),
  ];
}
