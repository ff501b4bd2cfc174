import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const leastDays = { here: 365, archived: 30 };

export const log01: SecurityRule = {
  id: "LOG-01",
  scope: "linked",
  demand: "A log group keeps its events for 365 days, or for 30 where a subscription sends all of them to the archive.",
  why: "A break-in is often found months later, and then the logs of its first day are what is asked for.",
  covers: ["CKV_AWS_66", "CKV_AWS_338"],
  *check(look) {
    for (const group of look.resources("aws_cloudwatch_log_group")) {
      const least = isArchived(look, group) ? leastDays.archived : leastDays.here;
      if (look.holds(group, "retention_in_days", (days) => Number(days) >= least)) continue;
      const days = look.number(group, "retention_in_days") ?? 0;
      const kept = days === 0 ? "never lets its events go" : `keeps its events for ${days} days`;
      yield {
        at: group,
        message: `${kept}${least === leastDays.here ? ", and no subscription sends them to the archive" : ""}.`,
        fix: `Set retention_in_days to ${leastDays.here}, or add an aws_cloudwatch_log_subscription_filter to the archive's delivery stream.`,
      };
    }
  },
};

const isArchived = (look: Look, group: Resource): boolean =>
  look
    .linked(group, "aws_cloudwatch_log_subscription_filter", "log_group_name")
    .some((filter) => isInRegionOf(filter, group) && takesAll(look, filter) && leadsToArchive(look, filter));

/** A pattern lets only some events through. */
function takesAll(look: Look, filter: Resource): boolean {
  const pattern = look.literal(filter, "filter_pattern");
  return pattern === undefined || String(pattern).trim() === "";
}

/** Delivery streams and destinations of other accounts put events into a bucket; a function may do anything. */
function leadsToArchive(look: Look, filter: Resource): boolean {
  const target = look.target(filter, "destination_arn");
  if (target) return ["aws_kinesis_firehose_delivery_stream", "aws_cloudwatch_log_destination"].includes(target.type);
  return look.holds(filter, "destination_arn", (arn) =>
    /^arn:[^:]*:(firehose:.*:deliverystream\/|logs:.*:destination:)/.test(String(arn)),
  );
}

/** Groups of two regions may have one name. */
const isInRegionOf = (filter: Resource, group: Resource): boolean =>
  filter.region === undefined || group.region === undefined || filter.region === group.region;
