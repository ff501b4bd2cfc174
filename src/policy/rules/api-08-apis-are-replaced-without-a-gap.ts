import { isOn } from "../flags";
import type { SecurityRule } from "../security-rule";

export const api08: SecurityRule = {
  id: "API-08",
  scope: "resource",
  demand: "A REST API, a deployment and a certificate are created anew before the old one is destroyed.",
  why: "Until the new one is there nothing answers, and one that is in use cannot be destroyed at all.",
  covers: ["CKV_AWS_217", "CKV_AWS_233", "CKV_AWS_237"],
  *check(look) {
    const types = ["aws_api_gateway_rest_api", "aws_api_gateway_deployment", "aws_acm_certificate"];
    for (const at of look.resources(...types)) {
      const lifecycles = look.blocks(at, "lifecycle");
      if (!lifecycles.some((lifecycle) => isOn(look, lifecycle, "create_before_destroy"))) {
        yield {
          at,
          message: "is destroyed before its replacement is there.",
          fix: "Set lifecycle.create_before_destroy to true.",
        };
      }
    }
  },
};
