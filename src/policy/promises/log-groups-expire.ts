import { number } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

export const logGroupsExpire: Rule = {
  id: "log-groups-expire",
  promise: "Every log group expires.",
  why: "A group without retention keeps its events, and their price, for ever.",
  *violations(estate) {
    for (const group of managedResources(estate, "aws_cloudwatch_log_group")) {
      if (!number(group, "retention_in_days")) yield { at: group, message: "has no retention; set retention_in_days." };
    }
  },
};
