import { text } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

/** What CDN-04 asks a bucket of an origin for, and does not look into. */
export const originAccessIsSigned: Rule = {
  id: "origin-access-is-signed",
  promise: "Every origin access control signs each request.",
  why: "A viewer's own Authorization header would go to the bucket in place of ours, or none at all.",
  *violations(estate) {
    for (const at of managedResources(estate, "aws_cloudfront_origin_access_control")) {
      const [behavior, protocol] = ["signing_behavior", "signing_protocol"].map((name) => text(at, name));
      if (behavior !== "always") {
        yield { at, message: `signs ${behavior ?? "nothing"}; set signing_behavior to always.` };
      }
      if (protocol !== "sigv4") {
        yield { at, message: `signs by ${protocol ?? "no protocol"}; set signing_protocol to sigv4.` };
      }
    }
  },
};
