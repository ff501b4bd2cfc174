import type { Mutation } from "./mutation";
import { within } from "./stack-changes";

const method = ["aws_api_gateway_method", "service/api/list-reviews"] as const;
const stage = ["aws_api_gateway_stage", "service/stage"] as const;
const settings = ["aws_api_gateway_method_settings", "service/throttling"] as const;

export const apiMutations: readonly Mutation[] = [
  {
    rule: "API-01",
    what: "a method asks nobody who calls",
    change({ at }) {
      at(...method).authorization = "NONE";
    },
  },
  {
    rule: "API-01",
    what: "a method takes an API key for a caller",
    change({ at }) {
      Object.assign(at(...method), { authorization: "NONE", api_key_required: true });
    },
  },
  {
    rule: "API-01",
    what: "a method names no authorizer",
    change({ at }) {
      delete at(...method).authorizer_id;
    },
  },
  {
    rule: "API-02",
    what: "a method takes requests of any form",
    change({ at }) {
      delete at(...method).request_validator_id;
    },
  },
  {
    rule: "API-03",
    what: "the access log does not tell who called",
    change({ at }) {
      const log = within(at(...stage), "access_log_settings");
      log.format = String(log.format).replace("$context.authorizer.principalId", "$context.authorizer.status");
    },
  },
  {
    rule: "API-03",
    what: "the access log is gone",
    change({ at }) {
      delete at(...stage).access_log_settings;
    },
  },
  {
    rule: "API-04",
    what: "the gateway logs whole requests",
    change({ at }) {
      within(at(...settings), "settings").data_trace_enabled = true;
    },
  },
  {
    rule: "API-04",
    what: "one route logs no errors",
    change({ at }) {
      within(at("aws_api_gateway_method_settings", "service/throttling/submit-review"), "settings").logging_level =
        "OFF";
    },
  },
  {
    rule: "API-05",
    what: "the API stands before its firewall",
    change({ remove }) {
      remove("aws_wafv2_web_acl_association", "service/firewall/association");
    },
  },
  {
    rule: "API-06",
    what: "the burst is under the rate",
    change({ at }) {
      within(at(...settings), "settings").throttling_burst_limit = 1;
    },
  },
  {
    rule: "API-06",
    what: "a route has no rate",
    change({ at }) {
      const route = at("aws_api_gateway_method_settings", "service/throttling/get-health");
      delete within(route, "settings").throttling_rate_limit;
    },
  },
  {
    rule: "API-07",
    what: "the domain takes TLS 1.0",
    change({ at }) {
      at("aws_api_gateway_domain_name", "service/domain").security_policy = "TLS_1_0";
    },
  },
  {
    rule: "API-07",
    what: "the default address goes around the domain",
    change({ at }) {
      at("aws_api_gateway_rest_api", "service/api").disable_execute_api_endpoint = false;
    },
  },
  {
    rule: "API-08",
    what: "the deployment goes before its replacement is there",
    change({ at }) {
      within(at("aws_api_gateway_deployment", "service/stage/deployment"), "lifecycle").create_before_destroy = false;
    },
  },
];
