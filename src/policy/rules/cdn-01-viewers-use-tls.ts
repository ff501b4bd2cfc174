import { behaviorName, cacheBehaviors } from "../cache-behaviors";
import { isWrittenOn } from "../flags";
import { saidOf } from "../look";
import type { SecurityRule } from "../security-rule";

const protocols: readonly unknown[] = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];
const policies: readonly unknown[] = ["redirect-to-https", "https-only"];

export const cdn01: SecurityRule = {
  id: "CDN-01",
  scope: "resource",
  demand: "A distribution answers by HTTPS only, with a certificate of its own and TLS 1.2 of 2021 or newer.",
  why: "What viewers send and read can be seen and changed on the way.",
  covers: ["CKV_AWS_34", "CKV_AWS_174", "CKV2_AWS_42", "AWS-0012", "AWS-0013"],
  *check(look) {
    for (const at of look.resources("aws_cloudfront_distribution")) {
      for (const behavior of cacheBehaviors(look, at)) {
        if (look.holds(behavior, "viewer_protocol_policy", (policy) => policies.includes(policy))) continue;
        const message = `answers plain HTTP in ${behaviorName(look, behavior)}.`;
        yield { at, message, fix: "Set viewer_protocol_policy to redirect-to-https." };
      }
      const [certificate] = look.blocks(at, "viewer_certificate");
      if (certificate === undefined || isWrittenOn(look, certificate, "cloudfront_default_certificate")) {
        const fix = "Set acm_certificate_arn in viewer_certificate, with the aliases it is for.";
        yield { at, message: "has no certificate of its own, so that it takes TLS 1.0.", fix };
      } else if (!look.holds(certificate, "minimum_protocol_version", (version) => protocols.includes(version))) {
        const message = `takes TLS from ${saidOf(look, certificate, "minimum_protocol_version")} on.`;
        yield { at, message, fix: "Set minimum_protocol_version to TLSv1.2_2021 or newer." };
      }
    }
  },
};
