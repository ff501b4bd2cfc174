import type { Mutation } from "./mutation";
import { listIn, within, withinWhere } from "./stack-changes";

const distribution = ["aws_cloudfront_distribution", "edge/distribution"] as const;
const firewall = ["aws_wafv2_web_acl", "service/firewall/web-acl"] as const;

const named = (name: string) => (rule: { name?: unknown }) => rule.name === name;

export const edgeMutations: readonly Mutation[] = [
  {
    rule: "CDN-01",
    what: "viewers may use TLS 1.1",
    change({ at }) {
      within(at(...distribution), "viewer_certificate").minimum_protocol_version = "TLSv1.1_2016";
    },
  },
  {
    rule: "CDN-01",
    what: "pages are sent by plain HTTP",
    change({ at }) {
      within(at(...distribution), "default_cache_behavior").viewer_protocol_policy = "allow-all";
    },
  },
  {
    rule: "CDN-02",
    what: "pages have no firewall",
    change({ at }) {
      delete at(...distribution).web_acl_id;
    },
  },
  {
    rule: "CDN-02",
    what: "pages are open to every country",
    change({ at }) {
      within(at(...distribution), "restrictions", "geo_restriction").restriction_type = "none";
    },
  },
  {
    rule: "CDN-03",
    what: "browsers stay on HTTPS for five minutes",
    change({ at }) {
      const headers = at("aws_cloudfront_response_headers_policy", "edge/headers");
      within(headers, "security_headers_config", "strict_transport_security").access_control_max_age_sec = 300;
    },
  },
  {
    rule: "CDN-04",
    what: "pages fail over on nothing",
    change({ at }) {
      delete within(at(...distribution), "origin_group").failover_criteria;
    },
  },
  {
    rule: "CDN-04",
    what: "a bucket is read without signature",
    change({ at }) {
      delete withinWhere(at(...distribution), "origin", ({ origin_id }) => origin_id === "ui").origin_access_control_id;
    },
  },
  {
    rule: "WAF-01",
    what: "SQL injection is counted, not blocked",
    change({ at }) {
      withinWhere(at(...firewall), "rule", named("aws-sqli")).override_action = { count: {} };
    },
  },
  {
    rule: "WAF-01",
    what: "Log4j probes in headers come through",
    change({ at }) {
      const group = within(
        withinWhere(at(...firewall), "rule", named("aws-known-bad-inputs")),
        "statement",
        "managed_rule_group_statement",
      );
      listIn(group, "rule_action_override").push({ name: "Log4JRCE_HEADER", action_to_use: { count: {} } });
    },
  },
  {
    rule: "WAF-02",
    what: "the flood rule before the pages only counts",
    change({ at }) {
      withinWhere(at("aws_wafv2_web_acl", "edge/firewall"), "rule", named("rate-ip")).action = { count: {} };
    },
  },
  {
    rule: "WAF-02",
    what: "robots without a name come through",
    change({ at }) {
      withinWhere(at(...firewall), "rule", named("require-user-agent")).action = { count: {} };
    },
  },
  {
    rule: "WAF-03",
    what: "a rule decides twice",
    change({ at }) {
      withinWhere(at(...firewall), "rule", named("ip-deny")).override_action = { none: {} };
    },
  },
  {
    rule: "WAF-03",
    what: "a rule decides nothing",
    change({ at }) {
      withinWhere(at(...firewall), "rule", named("webhook-method")).action = {};
    },
  },
  {
    rule: "WAF-04",
    what: "tokens are written into the firewall's log",
    change({ at }) {
      listIn(
        at("aws_wafv2_web_acl_logging_configuration", "service/firewall/web-acl/logging"),
        "redacted_fields",
      ).shift();
    },
  },
  {
    rule: "WAF-04",
    what: "the firewall of the pages keeps no log",
    change({ remove }) {
      remove("aws_wafv2_web_acl_logging_configuration", "edge/firewall/logging");
    },
  },
];
