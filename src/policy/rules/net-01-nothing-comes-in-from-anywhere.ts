import { groupRules, saidOfPorts } from "../ports";
import type { SecurityRule } from "../security-rule";

export const net01: SecurityRule = {
  id: "NET-01",
  scope: "resource",
  demand: "No security group lets anything in from an open range, on any port.",
  why: "Nothing in the network is meant to be reached from the internet; what listens there would be found within minutes.",
  covers: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277", "AWS-0107"],
  *check(look) {
    for (const rule of groupRules(look)) {
      if (rule.direction !== "ingress" || rule.openRange === undefined) continue;
      yield {
        at: rule.at,
        message: `lets ${saidOfPorts(rule)} in from ${rule.openRange}.`,
        fix: "Name the group that calls in referenced_security_group_id, or the range of the VPC.",
      };
    }
  },
};
