import { groupRules, isUnbounded, saidOfPorts } from "../ports";
import type { SecurityRule } from "../security-rule";

export const net02: SecurityRule = {
  id: "NET-02",
  scope: "resource",
  demand: "No security group lets all protocols or all ports out, wherever they lead.",
  why: "Whoever takes over a function could reach every service in the network and carry data out by any of them.",
  covers: ["CKV_AWS_382"],
  *check(look) {
    for (const rule of groupRules(look)) {
      if (rule.direction !== "egress" || !isUnbounded(look, rule)) continue;
      const traffic = rule.protocol === "all" ? saidOfPorts(rule) : `all ports of ${rule.protocol ?? "its protocol"}`;
      yield {
        at: rule.at,
        message: `lets ${traffic} out.`,
        fix: "Write the protocol, and from_port and to_port of the one service that is called, such as tcp 443.",
      };
    }
  },
};
