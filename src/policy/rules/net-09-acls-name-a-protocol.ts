import { aclRules } from "../ports";
import type { SecurityRule } from "../security-rule";

export const net09: SecurityRule = {
  id: "NET-09",
  scope: "resource",
  demand: "No network ACL allows all protocols, in or out.",
  why: "Such a rule makes the ACL let everything pass, so that a wrong security group has nothing behind it.",
  covers: ["AWS-0102"],
  *check(look) {
    for (const { at, allows, protocol, direction } of aclRules(look)) {
      if (!allows || protocol !== "all") continue;
      yield {
        at,
        message: `allows all protocols ${direction === "egress" ? "out" : "in"}.`,
        fix: "Write the protocol and its ports: tcp 443, and 1024-3388 and 3390-65535 for answers.",
      };
    }
  },
};
