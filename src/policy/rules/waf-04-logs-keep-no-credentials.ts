import type { Block } from "../../terraform/estate";
import { describe, resolve } from "../../terraform/resolve";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const credentials = ["authorization", "cookie"] as const;

/** AWS WAF writes to no destination of another name (WAF Developer Guide, logging destinations). */
const prefix = "aws-waf-logs-";

/** A log group, a delivery stream or a bucket; a path before the prefix is part of a group's name. */
const named = new RegExp(`(:log-group:|:deliverystream/|:s3:::)${prefix}[^:/]*$`);

export const waf04: SecurityRule = {
  id: "WAF-04",
  scope: "linked",
  demand: `A web ACL logs to a group whose name starts with ${prefix}, without the authorization and cookie headers.`,
  why: "An attack leaves no trace, or the trace holds tokens that anyone who reads the log can use.",
  covers: ["CKV2_AWS_31"],
  *check(look) {
    const type = "aws_wafv2_web_acl_logging_configuration";
    for (const acl of look.resources("aws_wafv2_web_acl")) {
      if (look.linked(acl, type, "resource_arn").length > 0) continue;
      yield { at: acl, message: "is not logged.", fix: `Add an ${type} with its ARN as resource_arn.` };
    }
    for (const logging of look.resources(type)) {
      const fields = look.blocks(logging, "redacted_fields").flatMap((field) => look.blocks(field, "single_header"));
      const kept = credentials.filter((name) => !fields.some((field) => isHeader(look, field, name)));
      if (kept.length > 0) {
        const fix = `Add redacted_fields with single_header ${kept.join(" and ")}.`;
        yield { at: logging, message: `keeps the ${kept.join(" and ")} header in its log.`, fix };
      }
      const destinations = destinationsOf(logging);
      const strange = destinations.filter((destination) => !isForFirewalls(look, destination));
      if (destinations.length === 0 || strange.length > 0) {
        const fix = `Name a log group that starts with ${prefix} in log_destination_configs.`;
        yield { at: logging, message: `logs to ${saidOf(strange)}, which does not start with ${prefix}.`, fix };
      }
    }
  },
};

const isHeader = (look: Look, field: Block, wanted: string): boolean =>
  look.holds(field, "name", (name) => String(name).toLowerCase() === wanted);

const destination = "log_destination_configs";

/** Each destination by itself. The `:*` that some put behind a group's ARN is not part of its name. */
function destinationsOf({ address, attributes, stack }: Block): Block[] {
  const written = attributes[destination] ?? [];
  return (Array.isArray(written) ? written : [written]).map((item) => {
    const bare = typeof item === "string" ? item.replace(/:\*$/, "") : item;
    return { address, attributes: { [destination]: bare }, stack };
  });
}

function isForFirewalls(look: Look, block: Block): boolean {
  const target = look.target(block, destination);
  const attribute = ["name", "bucket", "name_prefix"].find((name) => target && look.isSet(target, name));
  if (target && attribute) return look.holds(target, attribute, (name) => String(name).startsWith(prefix));
  return look.holds(block, destination, (arn) => named.test(String(arn)));
}

const saidOf = (destinations: readonly Block[]): string =>
  destinations.map(({ attributes, stack }) => describe(resolve(attributes[destination] ?? null, stack))).join(", ") ||
  "nothing";
