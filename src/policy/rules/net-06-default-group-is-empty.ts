import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const separateRules = [
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_security_group_rule",
] as const;

export const net06: SecurityRule = {
  id: "NET-06",
  scope: "linked",
  demand: "The default security group of each VPC is taken over, and has no rule.",
  why: "What is created without a group gets this one, which AWS fills with rules that let its members talk to anything.",
  covers: ["CKV2_AWS_12", "AWS-0173"],
  *check(look) {
    for (const vpc of look.resources("aws_vpc")) {
      if (look.linked(vpc, "aws_default_security_group", "vpc_id").length > 0) continue;
      yield {
        at: vpc,
        message: "keeps the default security group as AWS makes it.",
        fix: "Add an aws_default_security_group with its vpc_id and no ingress or egress.",
      };
    }
    for (const group of look.resources("aws_default_security_group")) {
      const inline = ["ingress", "egress"].flatMap((direction) => look.blocks(group, direction));
      const separate = separateRules.flatMap((type) => look.linked(group, type, "security_group_id"));
      if (inline.length + separate.length === 0) continue;
      yield {
        at: group,
        message: "has rules, though it is the default group.",
        fix: "Remove its ingress and egress; give what needs them a group of its own.",
      };
    }
    for (const rule of look.resources(...separateRules)) {
      if (!fillsDefault(look, rule)) continue;
      yield {
        at: rule,
        message: "stands in the default group of a VPC.",
        fix: "Name a group of its own in security_group_id.",
      };
    }
  },
};

function fillsDefault(look: Look, rule: Resource): boolean {
  const [group] = look.items(rule, "security_group_id");
  return group?.kind === "reference" && group.attribute === "default_security_group_id";
}
