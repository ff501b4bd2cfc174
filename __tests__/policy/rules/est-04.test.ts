import { est04 } from "../../../src/policy/rules/est-04-alarms-have-a-listener";
import type { Json, JsonObject } from "../../../src/terraform/json";
import { foundInStack } from "../estate-found";

const page = "https://example.com/runbooks/RB-09-dynamodb-throttling.md";
const arn = "arn:aws:sns:us-east-1:111122223333:alerts";
const estate = (alarm: JsonObject, subscription: JsonObject = { topic_arn: arn, protocol: "email" }) =>
  foundInStack(est04, {
    aws_sns_topic: { alerts: { name: "alerts" }, unused: { name: "unused" } },
    aws_sns_topic_subscription: { own: subscription },
    aws_cloudwatch_metric_alarm: { own: { alarm_actions: [arn], alarm_description: page, ...alarm } },
  });

describe("EST-04", () => {
  it.each<[Json, string, Json]>([
    [[arn], "email", arn],
    [["${aws_sns_topic.alerts.arn}"], "https", "${aws_sns_topic.alerts.arn}"],
    [[arn], "sqs", "${aws_sns_topic.alerts.arn}"],
    [["arn:aws:lambda:us-east-1:111122223333:function:restart"], "email", arn],
  ])("lets an alarm act by %j with a subscriber by %s to %j", (alarm_actions, protocol, topic_arn) => {
    expect(estate({ alarm_actions }, { topic_arn, protocol })).toEqual([]);
  });

  it.each<JsonObject>([
    { topic_arn: arn, protocol: "http" },
    { topic_arn: "arn:aws:sns:us-east-1:111122223333:unused", protocol: "email" },
    { topic_arn: "arn:aws:sns:us-east-2:111122223333:alerts", protocol: "email" },
  ])("finds a topic whose only subscription is %j", (subscription) => {
    expect(estate({}, subscription)).toEqual(["data: aws_sns_topic.alerts carries alarms that nobody is told of."]);
  });

  it("finds a topic that only hears when all is well", () => {
    expect(estate({ alarm_actions: [], ok_actions: [arn] }, { topic_arn: "x", protocol: "email" })).toEqual([
      "data: aws_sns_topic.alerts carries alarms that nobody is told of.",
    ]);
  });

  it("finds a topic that the estate has not", () => {
    const elsewhere = arn.replace("us-east-1", "us-east-2");

    expect(estate({ alarm_actions: [arn, elsewhere] })).toEqual([
      `data: aws_cloudwatch_metric_alarm.own tells ${elsewhere}, which is no topic of this estate.`,
    ]);
  });

  it("finds a page that does not exist, and leaves an alarm without one to OBS-02", () => {
    expect(estate({ alarm_description: "See https://example.com/runbooks/RB-99-nothing.md" })).toEqual([
      "data: aws_cloudwatch_metric_alarm.own names runbooks/RB-99-nothing.md, which does not exist.",
    ]);
    expect(estate({ alarm_description: "Ask somebody." })).toEqual([]);
  });
});
