import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

export const net07: SecurityRule = {
  id: "NET-07",
  scope: "linked",
  demand: "Each VPC has a flow log of all its traffic.",
  why: "Without it nobody can tell afterwards where data went, or what was tried and turned away.",
  covers: ["CKV2_AWS_11", "AWS-0178"],
  *check(look) {
    for (const vpc of look.resources("aws_vpc")) {
      if (look.linked(vpc, "aws_flow_log", "vpc_id").length > 0) continue;
      yield {
        at: vpc,
        message: "has no flow log.",
        fix: 'Add an aws_flow_log with its vpc_id and traffic_type "ALL".',
      };
    }
    const logs = look.resources("aws_flow_log").filter((log) => look.isSet(log, "vpc_id"));
    for (const log of logs) {
      if (logs.some((other) => isOfSameVpc(look, log, other) && recordsAll(look, other))) continue;
      yield {
        at: log,
        message: `records only ${look.text(log, "traffic_type") ?? "part"} of the traffic.`,
        fix: 'Set traffic_type to "ALL".',
      };
    }
  },
};

const recordsAll = (look: Look, log: Resource): boolean => look.holds(log, "traffic_type", (type) => type === "ALL");

/** By the VPC that both refer to, else by what is written. */
function isOfSameVpc(look: Look, log: Resource, other: Resource): boolean {
  const vpc = look.target(log, "vpc_id");
  if (vpc) return look.target(other, "vpc_id") === vpc;
  return log.stack === other.stack && log.attributes.vpc_id === other.attributes.vpc_id;
}
