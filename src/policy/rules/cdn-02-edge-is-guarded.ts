import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

export const cdn02: SecurityRule = {
  id: "CDN-02",
  scope: "resource",
  demand: "A distribution has a web ACL, a restriction by country, a root object and access logs.",
  why: "Attacks reach the origin unseen, or the root lists what lies there.",
  covers: ["CKV_AWS_68", "CKV_AWS_86", "CKV_AWS_305", "CKV_AWS_374", "AWS-0010", "AWS-0011"],
  *check(look) {
    for (const at of look.resources("aws_cloudfront_distribution")) {
      if (!look.isSet(at, "web_acl_id")) {
        yield { at, message: "has no web ACL.", fix: "Set web_acl_id to the ARN of a web ACL of scope CLOUDFRONT." };
      }
      if (!isRestricted(look, at)) {
        const fix = "Set restriction_type in restrictions.geo_restriction to whitelist or blacklist.";
        yield { at, message: "is open to every country.", fix };
      }
      if (!look.isSet(at, "default_root_object")) {
        yield { at, message: "has no root object.", fix: "Set default_root_object, such as index.html." };
      }
      if (!look.blocks(at, "logging_config").some((logging) => look.isSet(logging, "bucket"))) {
        yield {
          at,
          message: "keeps no access logs.",
          fix: "Set bucket in logging_config to the log bucket's domain name.",
        };
      }
    }
  },
};

const isRestricted = (look: Look, distribution: Block): boolean =>
  look
    .blocks(distribution, "restrictions")
    .flatMap((restrictions) => look.blocks(restrictions, "geo_restriction"))
    .some((restriction) => look.holds(restriction, "restriction_type", (type) => type !== "none"));
