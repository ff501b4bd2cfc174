import type { Block } from "../../terraform/estate";
import { behaviorName, cacheBehaviors } from "../cache-behaviors";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const yearSeconds = 31_536_000;
const flags = ["include_subdomains", "preload", "override"] as const;

export const cdn03: SecurityRule = {
  id: "CDN-03",
  scope: "resource",
  demand: `Every behaviour sends a header policy with HSTS: ${yearSeconds} seconds or more, subdomains, preload, override.`,
  why: "A browser that was here before may be led to plain HTTP the next time.",
  covers: ["CKV_AWS_259", "CKV2_AWS_32"],
  *check(look) {
    for (const at of look.resources("aws_cloudfront_distribution")) {
      for (const behavior of cacheBehaviors(look, at)) {
        if (look.isSet(behavior, "response_headers_policy_id") && !isManaged(look, behavior)) continue;
        const message = `sends no header policy of its own in ${behaviorName(look, behavior)}.`;
        const fix = "Set response_headers_policy_id to a policy of this estate that sets strict_transport_security.";
        yield { at, message, fix };
      }
    }
    for (const at of look.resources("aws_cloudfront_response_headers_policy")) {
      const [hsts] = look
        .blocks(at, "security_headers_config")
        .flatMap((headers) => look.blocks(headers, "strict_transport_security"));
      const wrong = hsts === undefined ? ["access_control_max_age_sec", ...flags] : wrongIn(look, hsts);
      if (wrong.length === 0) continue;
      const fix = `Set access_control_max_age_sec to ${yearSeconds} or more, and ${flags.join(", ")} to true.`;
      yield { at, message: `holds browsers to HTTPS too loosely: ${wrong.join(", ")}.`, fix };
    }
  },
};

const wrongIn = (look: Look, hsts: Block): string[] => [
  ...(look.holds(hsts, "access_control_max_age_sec", (seconds) => Number(seconds) >= yearSeconds)
    ? []
    : ["access_control_max_age_sec"]),
  ...flags.filter((flag) => !isOn(look, hsts, flag)),
];

/** None of the policies that AWS keeps covers subdomains (CloudFront Developer Guide, managed response headers policies). */
const isManaged = (look: Look, behavior: Block): boolean => {
  const policy = look.target(behavior, "response_headers_policy_id");
  return policy?.mode === "data" && look.text(policy, "name")?.startsWith("Managed-") === true;
};
