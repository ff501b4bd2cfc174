import { cdn02 } from "../../../src/policy/rules/cdn-02-edge-is-guarded";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const distribution = (more: JsonObject) =>
  found(cdn02, {
    aws_cloudfront_distribution: {
      ui: {
        web_acl_id: "${aws_wafv2_web_acl.ui.arn}",
        default_root_object: "index.html",
        restrictions: { geo_restriction: { restriction_type: "blacklist", locations: ["KP"] } },
        logging_config: { bucket: "logs.s3.amazonaws.com" },
        ...more,
      },
    },
  });

describe("CDN-02", () => {
  it.each<[string, JsonObject]>([
    ["has all four", {}],
    [
      "has them in lists",
      {
        restrictions: [{ geo_restriction: [{ restriction_type: "whitelist" }] }],
        logging_config: [{ bucket: "${aws_s3_bucket.logs.bucket_domain_name}" }],
      },
    ],
    ["is restricted as somebody else says", { restrictions: { geo_restriction: { restriction_type: "${var.type}" } } }],
  ])("lets a distribution be that %s", (_, more) => {
    expect(distribution(more)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ web_acl_id: null }, "has no web ACL."],
    [{ web_acl_id: "" }, "has no web ACL."],
    [{ restrictions: { geo_restriction: { restriction_type: "none" } } }, "is open to every country."],
    [{ restrictions: [] }, "is open to every country."],
    [{ default_root_object: "" }, "has no root object."],
    [{ logging_config: { include_cookies: true } }, "keeps no access logs."],
    [{ logging_config: [] }, "keeps no access logs."],
  ])("finds that a distribution with %j %s", (more, message) => {
    expect(distribution(more)).toEqual([`aws_cloudfront_distribution.ui ${message}`]);
  });
});
