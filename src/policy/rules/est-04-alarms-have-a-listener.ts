import type { Resource } from "../../terraform/estate";
import type { Value } from "../../terraform/resolve";
import { attachedTo } from "../channels";
import type { Look } from "../look";
import { runbookFiles } from "../runbook-files";
import type { SecurityRule } from "../security-rule";

/** Kinds of subscribers that SNS delivers to, and that confirm or need no confirmation; `http` is not encrypted. */
const protocols: readonly unknown[] = [
  ...["email", "email-json", "sms", "https", "sqs", "lambda", "firehose", "application"],
];
const actions = ["alarm_actions", "ok_actions", "insufficient_data_actions"] as const;

export const est04: SecurityRule = {
  id: "EST-04",
  scope: "estate",
  demand: "Every topic of an alarm has a subscriber, and every runbook that an alarm names exists.",
  why: "An alarm goes to a topic that nobody reads, or sends whoever is woken to a page that is not there.",
  covers: [],
  *check(look) {
    const alarms = look.resources("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm");
    const pages = runbookFiles();
    const told = new Set<Resource>();
    const unknown = new Set<string>();
    for (const at of alarms) {
      for (const action of actions.flatMap((attribute) => look.items(at, attribute))) {
        const found = topicOf(look, action);
        if (typeof found === "object") told.add(found);
        else if (found !== undefined && !unknown.has(found)) {
          unknown.add(found);
          const fix = "Name a topic of this estate, with a subscription.";
          yield { at, message: `tells ${found}, which is no topic of this estate.`, fix };
        }
      }
      const page = runbookOf(look, at);
      if (page !== undefined && !pages.has(page)) {
        const fix = "Write the page, or end alarm_description in one that exists.";
        yield { at, message: `names ${page}, which does not exist.`, fix };
      }
    }
    for (const topic of told) {
      const subscriptions = attachedTo(look, topic, "aws_sns_topic_subscription", "topic_arn");
      if (subscriptions.some((each) => look.holds(each, "protocol", (protocol) => protocols.includes(protocol)))) {
        continue;
      }
      const fix = "Add an aws_sns_topic_subscription whose protocol is email, https, sqs, lambda or firehose.";
      yield { at: topic, message: "carries alarms that nobody is told of.", fix };
    }
  },
};

/** The topic that an action names, or its ARN where the estate has none such; other actions are no topic. */
function topicOf(look: Look, action: Value): Resource | string | undefined {
  if (action.kind === "reference") return action.resource.type === "aws_sns_topic" ? action.resource : undefined;
  if (action.kind === "unknown" || typeof action.value !== "string") return undefined;
  const [, , service, region, , name] = action.value.split(":");
  if (service !== "sns") return undefined;
  const topic = look
    .resources("aws_sns_topic")
    .find((each) => look.text(each, "name") === name && (each.region ?? region) === region);
  return topic ?? action.value;
}

const runbook = /(?<![\w-])runbooks\/[^/\s]+\.md$/;

/** The page at the end of a description; OBS-02 finds a description without one. */
function runbookOf(look: Look, alarm: Resource): string | undefined {
  const written = alarm.attributes.alarm_description;
  const [page] = (typeof written === "string" && runbook.exec(written)) || [];
  return page ?? runbook.exec(look.text(alarm, "alarm_description") ?? "")?.[0];
}
