import { webAclAssociationsOf } from "../api-stages";
import type { SecurityRule } from "../security-rule";

export const api05: SecurityRule = {
  id: "API-05",
  scope: "linked",
  demand: "A stage of a REST API stands behind a web ACL.",
  why: "Floods and known attacks reach the functions unfiltered.",
  covers: ["CKV2_AWS_29"],
  *check(look) {
    for (const stage of look.resources("aws_api_gateway_stage")) {
      if (webAclAssociationsOf(look, stage).length === 0) {
        yield {
          at: stage,
          message: "has no web ACL.",
          fix: "Add an aws_wafv2_web_acl_association whose resource_arn is the ARN of the stage.",
        };
      }
    }
  },
};
