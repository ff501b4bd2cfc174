import { cdn03 } from "../../../src/policy/rules/cdn-03-browsers-stay-on-https";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const hsts = { access_control_max_age_sec: 63072000, include_subdomains: true, preload: true, override: true };
const policy = (security: JsonObject) =>
  found(cdn03, { aws_cloudfront_response_headers_policy: { ui: { security_headers_config: security } } });
const behavior = { response_headers_policy_id: "${aws_cloudfront_response_headers_policy.ui.id}" };
const distribution = (more: JsonObject, data = {}) => found(cdn03, { aws_cloudfront_distribution: { ui: more } }, data);

describe("CDN-03", () => {
  it.each<[string, JsonObject]>([
    ["two years", hsts],
    ["one year, as texts", { ...hsts, access_control_max_age_sec: "31536000", preload: "true" }],
    ["as long as somebody else says", { ...hsts, access_control_max_age_sec: "${var.seconds}" }],
  ])("lets a policy be that holds browsers for %s", (_, header) => {
    expect(policy({ strict_transport_security: header })).toEqual([]);
    expect(policy({ strict_transport_security: [header] })).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ ...hsts, access_control_max_age_sec: 31535999 }, "access_control_max_age_sec"],
    [{ ...hsts, include_subdomains: false }, "include_subdomains"],
    [{ ...hsts, preload: null }, "preload"],
    [{ ...hsts, override: false }, "override"],
  ])("finds a policy with %j", (header, wrong) => {
    expect(policy({ strict_transport_security: header })).toEqual([
      `aws_cloudfront_response_headers_policy.ui holds browsers to HTTPS too loosely: ${wrong}.`,
    ]);
  });

  it("finds a policy without HSTS", () => {
    expect(policy({ content_type_options: { override: true } })).toEqual([
      "aws_cloudfront_response_headers_policy.ui holds browsers to HTTPS too loosely: access_control_max_age_sec, include_subdomains, preload, override.",
    ]);
  });

  it("lets a distribution be that sends a policy in every behaviour", () => {
    expect(distribution({ default_cache_behavior: behavior, ordered_cache_behavior: [behavior] })).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ default_cache_behavior: {} }, "the default behaviour"],
    [{ default_cache_behavior: [behavior], ordered_cache_behavior: { path_pattern: "/a/*" } }, "the behaviour of /a/*"],
  ])("finds that %j lacks one in %s", (more, where) => {
    expect(distribution(more)).toEqual([
      `aws_cloudfront_distribution.ui sends no header policy of its own in ${where}.`,
    ]);
  });

  it("does not take a policy of AWS for one of its own", () => {
    const managed = { response_headers_policy_id: "${data.aws_cloudfront_response_headers_policy.aws.id}" };
    const data = { aws_cloudfront_response_headers_policy: { aws: { name: "Managed-SecurityHeadersPolicy" } } };
    expect(distribution({ default_cache_behavior: managed }, data)).toEqual([
      "aws_cloudfront_distribution.ui sends no header policy of its own in the default behaviour.",
    ]);
  });
});
