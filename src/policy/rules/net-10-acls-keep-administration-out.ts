import { type AclRule, aclRules, saidOfPorts } from "../ports";
import type { SecurityRule } from "../security-rule";

/** File transfer, remote shell and remote desktop. */
const administration = [20, 21, 22, 3389];

export const net10: SecurityRule = {
  id: "NET-10",
  scope: "resource",
  demand:
    "What a network ACL lets in has a first port of 1 or more, and from an open range holds none of 20, 21, 22 and 3389.",
  why: "The range for answers is wide, and remote desktop lies in the midst of it.",
  covers: ["CKV_AWS_229", "CKV_AWS_230", "CKV_AWS_231", "CKV_AWS_232", "CKV_AWS_352", "AWS-0105"],
  *check(look) {
    for (const rule of aclRules(look)) {
      if (!rule.allows || rule.direction !== "ingress" || hasNoPorts(rule)) continue;
      const { at, block, from, to, openRange } = rule;
      if (!look.holds(block, "from_port", (port) => Number(port) >= 1)) {
        yield {
          at,
          message: `allows ${saidOfPorts(rule)} in, from the first port on.`,
          fix: "Set from_port to the first port that is needed, at least 1.",
        };
      } else if (openRange !== undefined && from !== undefined) {
        const last = look.isSet(block, "to_port") ? to : from;
        const held = administration.filter((port) => last !== undefined && from <= port && port <= last);
        if (held.length === 0) continue;
        yield {
          at,
          message: `allows ${saidOfPorts(rule)} in from ${openRange}, and with it ${held.join(", ")}.`,
          fix: "Split the range around them in from_port and to_port, such as 1024-3388 and 3390-65535.",
        };
      }
    }
  },
};

/** NET-09 judges what is for all protocols; messages of ICMP have types instead of ports. */
const hasNoPorts = ({ protocol }: AclRule): boolean => ["all", "icmp", "icmpv6"].includes(protocol ?? "");
