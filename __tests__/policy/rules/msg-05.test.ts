import { msg05 } from "../../../src/policy/rules/msg-05-nothing-undelivered-is-lost";
import { found } from "../fragment";

const config = { arn: "${aws_sqs_queue.dead.arn}" };
const lost = "loses what it cannot deliver.";

describe("MSG-05", () => {
  it.each([{ block: config }, { block: [config] }])("lets targets keep what they cannot deliver: %j", ({ block }) => {
    const dead_letter_config = block;
    expect(found(msg05, { aws_cloudwatch_event_target: { t: { dead_letter_config } } })).toEqual([]);
    expect(found(msg05, { aws_scheduler_schedule: { s: { target: { dead_letter_config } } } })).toEqual([]);
    expect(found(msg05, { aws_scheduler_schedule: { s: { target: [{ dead_letter_config }] } } })).toEqual([]);
  });

  it.each([[{}], [{ dead_letter_config: {} }], [{ dead_letter_config: [{ arn: "" }] }]])(
    "finds targets with %j",
    (target) => {
      expect(found(msg05, { aws_cloudwatch_event_target: { t: target } })).toEqual([
        `aws_cloudwatch_event_target.t ${lost}`,
      ]);
      expect(found(msg05, { aws_scheduler_schedule: { s: { target } } })).toEqual([`aws_scheduler_schedule.s ${lost}`]);
      expect(found(msg05, { aws_scheduler_schedule: { s: { target: [target] } } })).toHaveLength(1);
    },
  );

  it.each(["email", "email-json", "sms"])("asks nothing of a subscription by %s", (protocol) => {
    expect(found(msg05, { aws_sns_topic_subscription: { s: { protocol } } })).toEqual([]);
  });

  it.each(["sqs", "lambda", "https", "firehose"])("asks a subscription by %s for a redrive policy", (protocol) => {
    const subscription = (redrive_policy: string | null) =>
      found(msg05, { aws_sns_topic_subscription: { s: { protocol, redrive_policy } } });
    expect(subscription('{"deadLetterTargetArn":"${aws_sqs_queue.dead.arn}"}')).toEqual([]);
    expect(subscription("${var.redrive}")).toEqual([]);
    expect(subscription(null)).toEqual([`aws_sns_topic_subscription.s ${lost}`]);
    expect(subscription("{}")).toHaveLength(1);
  });
});
