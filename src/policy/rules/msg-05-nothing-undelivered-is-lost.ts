import type { Block } from "../../terraform/estate";
import type { Look } from "../look";
import { redriveOf } from "../redrive";
import type { SecurityRule } from "../security-rule";

/** Mail and text messages are sent by SNS itself, which keeps none of them. */
const personal = ["email", "email-json", "sms"];

export const msg05: SecurityRule = {
  id: "MSG-05",
  scope: "resource",
  demand: "What an event, a schedule or a topic could not deliver goes to a dead-letter queue.",
  why: "A run that could not start would be lost, and nothing would say so.",
  covers: ["EventBusDLQ", "SNSRedrivePolicy"],
  *check(look) {
    for (const at of look.resources("aws_cloudwatch_event_target", "aws_scheduler_schedule")) {
      const targets = at.type === "aws_scheduler_schedule" ? look.blocks(at, "target") : [at];
      if (targets.some((target) => hasDeadLetters(look, target))) continue;
      yield {
        at,
        message: "loses what it cannot deliver.",
        fix: `Set arn in dead_letter_config${targets[0] === at ? "" : " of its target"} to a queue's.`,
      };
    }
    for (const at of look.resources("aws_sns_topic_subscription")) {
      if (!look.holds(at, "protocol", (protocol) => !personal.includes(String(protocol)))) continue;
      if (redriveOf(look, at, "redrive_policy")?.hasTarget !== false) continue;
      yield {
        at,
        message: "loses what it cannot deliver.",
        fix: "Set redrive_policy with the deadLetterTargetArn of a queue.",
      };
    }
  },
};

const hasDeadLetters = (look: Look, target: Block): boolean =>
  look.blocks(target, "dead_letter_config").some((config) => look.isSet(config, "arn"));
