import { groupRules, isUnbounded, saidOfPorts } from "../ports";
import type { SecurityRule } from "../security-rule";

export const net03: SecurityRule = {
  id: "NET-03",
  scope: "resource",
  demand: "No security group lets bounded ports out to an open range; NET-02 judges the others.",
  why: "One port to anywhere is enough to carry every tenant's data to a host of somebody else.",
  covers: ["AWS-0104"],
  *check(look) {
    for (const rule of groupRules(look)) {
      if (rule.direction !== "egress" || rule.openRange === undefined || isUnbounded(look, rule)) continue;
      yield {
        at: rule.at,
        message: `lets ${saidOfPorts(rule)} out to ${rule.openRange}.`,
        fix: "Name a prefix list in prefix_list_id, a group in referenced_security_group_id, or the range of the VPC.",
      };
    }
  },
};
