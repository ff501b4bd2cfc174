import { block, flag } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

export const tablesCanGoBack: Rule = {
  id: "tables-can-go-back",
  promise: "Every table can be restored to any second of the last 35 days.",
  why: "A bad write would otherwise be found in no backup older than it (FS-07).",
  *violations(estate) {
    for (const table of managedResources(estate, "aws_dynamodb_table")) {
      const recovery = block(table, "point_in_time_recovery");
      if (!recovery || flag(recovery, "enabled") !== true) {
        yield { at: table, message: "has no point-in-time recovery; set point_in_time_recovery.enabled." };
      }
    }
  },
};
