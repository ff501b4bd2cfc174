import type { Block, Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

export const net05: SecurityRule = {
  id: "NET-05",
  scope: "linked",
  demand: "Each security group is used by a function, an endpoint or an interface, and each network ACL by subnets.",
  why: "What guards nothing looks like protection in a review, and the next to find it opens it for something else.",
  covers: ["CKV2_AWS_1", "CKV2_AWS_5"],
  *check(look) {
    const used = new Set(usersOf(look).flatMap(([user, attribute]) => targets(look, user, attribute)));
    for (const group of look.resources("aws_security_group")) {
      if (used.has(group)) continue;
      yield {
        at: group,
        message: "is used by no function, endpoint or interface.",
        fix: "Name it in security_group_ids of what it is for, or remove it.",
      };
    }
    for (const acl of look.resources("aws_network_acl")) {
      if (look.isSet(acl, "subnet_ids")) continue;
      if (look.linked(acl, "aws_network_acl_association", "network_acl_id").length > 0) continue;
      yield {
        at: acl,
        message: "has no subnet.",
        fix: "Name its subnets in subnet_ids or in an aws_network_acl_association, or remove it.",
      };
    }
  },
};

/** Where the groups of an interface are named, by type; behind a block where there is a third text. */
const holders: readonly (readonly [type: string, attribute: string, block?: string])[] = [
  ["aws_lambda_function", "security_group_ids", "vpc_config"],
  ["aws_vpc_endpoint", "security_group_ids"],
  ["aws_vpc_endpoint_security_group_association", "security_group_id"],
  ["aws_network_interface", "security_groups"],
  ["aws_network_interface_sg_attachment", "security_group_id"],
  ["aws_instance", "vpc_security_group_ids"],
  ["aws_lb", "security_groups"],
  ["aws_db_instance", "vpc_security_group_ids"],
  ["aws_rds_cluster", "vpc_security_group_ids"],
  ["aws_efs_mount_target", "security_groups"],
  ["aws_elasticache_replication_group", "security_group_ids"],
  ["aws_apigatewayv2_vpc_link", "security_group_ids"],
  ["aws_ecs_service", "security_groups", "network_configuration"],
  ["aws_eks_cluster", "security_group_ids", "vpc_config"],
  ["aws_codebuild_project", "security_group_ids", "vpc_config"],
];

const usersOf = (look: Look): (readonly [Block, string])[] =>
  holders.flatMap(([type, attribute, inside]) =>
    look
      .resources(type)
      .flatMap((holder) => (inside === undefined ? [holder] : look.blocks(holder, inside)))
      .map((block) => [block, attribute] as const),
  );

const targets = (look: Look, user: Block, attribute: string): Resource[] =>
  look.items(user, attribute).flatMap((value) => (value.kind === "reference" ? [value.resource] : []));
