import { cdn01 } from "../../../src/policy/rules/cdn-01-viewers-use-tls";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const certificate = {
  acm_certificate_arn: "arn:aws:acm:us-east-1:111122223333:certificate/0a",
  minimum_protocol_version: "TLSv1.2_2021",
};
const distribution = (more: JsonObject) =>
  found(cdn01, {
    aws_cloudfront_distribution: {
      ui: {
        default_cache_behavior: { viewer_protocol_policy: "redirect-to-https" },
        viewer_certificate: certificate,
        ...more,
      },
    },
  });
const from = (version: string): JsonObject => ({
  viewer_certificate: { ...certificate, minimum_protocol_version: version },
});

describe("CDN-01", () => {
  it.each<[string, JsonObject]>([
    ["redirects", {}],
    ["refuses plain HTTP, in lists", { default_cache_behavior: [{ viewer_protocol_policy: "https-only" }] }],
    ["takes TLS 1.2 of 2025", from("TLSv1.2_2025")],
    ["takes TLS 1.3 only", { viewer_certificate: [{ ...certificate, minimum_protocol_version: "TLSv1.3_2025" }] }],
    ["takes what somebody else says", from("${var.version}")],
    [
      "has a certificate if somebody else says so",
      { viewer_certificate: { ...certificate, cloudfront_default_certificate: "${var.bare}" } },
    ],
  ])("lets a distribution be that %s", (_, more) => {
    expect(distribution(more)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [
      { default_cache_behavior: { viewer_protocol_policy: "allow-all" } },
      "answers plain HTTP in the default behaviour.",
    ],
    [{ default_cache_behavior: {} }, "answers plain HTTP in the default behaviour."],
    [
      { ordered_cache_behavior: [{ path_pattern: "/a/*", viewer_protocol_policy: "allow-all" }] },
      "answers plain HTTP in the behaviour of /a/*.",
    ],
    [from("TLSv1.1_2016"), 'takes TLS from "TLSv1.1_2016" on.'],
    [from("TLSv1.2_2019"), 'takes TLS from "TLSv1.2_2019" on.'],
    [from(""), "takes TLS from nothing on."],
    [
      { viewer_certificate: { cloudfront_default_certificate: true } },
      "has no certificate of its own, so that it takes TLS 1.0.",
    ],
    [{ viewer_certificate: [] }, "has no certificate of its own, so that it takes TLS 1.0."],
  ])("finds that a distribution with %j %s", (more, message) => {
    expect(distribution(more)).toEqual([`aws_cloudfront_distribution.ui ${message}`]);
  });
});
