import type { SecurityRule } from "../security-rule";

export const api02: SecurityRule = {
  id: "API-02",
  scope: "resource",
  demand: "Every method, OPTIONS too, has its requests validated.",
  why: "What the gateway does not turn away is paid for, and must be survived, by the function behind it.",
  covers: ["CKV2_AWS_53"],
  *check(look) {
    for (const method of look.resources("aws_api_gateway_method")) {
      if (!look.isSet(method, "request_validator_id")) {
        yield {
          at: method,
          message: "does not validate its requests.",
          fix: "Set request_validator_id to the id of an aws_api_gateway_request_validator.",
        };
      }
    }
  },
};
