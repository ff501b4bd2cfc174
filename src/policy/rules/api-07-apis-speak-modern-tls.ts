import type { Block, Resource } from "../../terraform/estate";
import type { Json } from "../../terraform/json";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule, Weakness } from "../security-rule";

/** Policies of TLS 1.2 and newer (API Gateway guide, "Choose a security policy"). */
const policies: readonly Json[] = [
  "TLS_1_2",
  "SecurityPolicy_TLS12_2018_EDGE",
  "SecurityPolicy_TLS12_PFS_2025_EDGE",
  "SecurityPolicy_TLS13_1_2_2021_06",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_PQ_2025_09",
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  "SecurityPolicy_TLS13_2025_EDGE",
];

/** API and the mapping that puts it under a domain. */
const mappings = [
  ["aws_api_gateway_rest_api", "aws_api_gateway_base_path_mapping"],
  ["aws_apigatewayv2_api", "aws_apigatewayv2_api_mapping"],
] as const;

export const api07: SecurityRule = {
  id: "API-07",
  scope: "linked",
  demand: "A domain takes TLS 1.2 or newer and is the only way in; a stage shows back ends a client certificate.",
  why: "Old TLS can be read on the way, and the default address goes around the domain's TLS policy.",
  covers: ["CKV_AWS_206", "CKV2_AWS_51", "AWS-0005"],
  *check(look) {
    for (const domain of look.resources("aws_api_gateway_domain_name")) yield* oldTls(look, domain, domain);
    for (const domain of look.resources("aws_apigatewayv2_domain_name")) {
      const configurations = look.blocks(domain, "domain_name_configuration");
      for (const configuration of configurations) yield* oldTls(look, domain, configuration);
    }
    for (const stage of look.resources("aws_api_gateway_stage", "aws_apigatewayv2_stage")) {
      if (mayShowCertificate(look, stage) && !look.isSet(stage, "client_certificate_id")) {
        yield {
          at: stage,
          message: "shows no client certificate to back ends.",
          fix: "Set client_certificate_id to the id of an aws_api_gateway_client_certificate.",
        };
      }
    }
    for (const [type, mapping] of mappings) {
      for (const api of look.resources(type)) {
        if (look.linked(api, mapping, "api_id").length === 0) continue;
        if (!isOn(look, api, "disable_execute_api_endpoint")) {
          yield {
            at: api,
            message: "can be called around its domain.",
            fix: "Set disable_execute_api_endpoint to true.",
          };
        }
      }
    }
  },
};

function* oldTls(look: Look, at: Resource, block: Block): Iterable<Weakness> {
  if (look.holds(block, "security_policy", (policy) => policies.includes(policy))) return;
  const policy = look.text(block, "security_policy");
  yield {
    at,
    message: policy === undefined ? "names no security policy." : `takes connections by ${policy}.`,
    fix: "Set security_policy to TLS_1_2 or to a newer policy.",
  };
}

/** An HTTP API has no client certificates. */
const mayShowCertificate = (look: Look, stage: Resource): boolean => {
  if (stage.type === "aws_api_gateway_stage") return true;
  const api = look.target(stage, "api_id");
  return api !== undefined && look.text(api, "protocol_type") === "WEBSOCKET";
};
