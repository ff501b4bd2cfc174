import { obs02 } from "../../../src/policy/rules/obs-02-alarms-reach-somebody";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const runbook = "Errors.\nRunbook: https://example.com/blob/main/runbooks/RB-01-errors.md";
const right = { alarm_name: "errors", alarm_description: runbook, alarm_actions: ["${aws_sns_topic.page.arn}"] };
const silent = { alarm_name: "errors", alarm_description: runbook };
const alarm = (attributes: JsonObject) => found(obs02, { aws_cloudwatch_metric_alarm: { errors: attributes } });
const inComposite = (composite: JsonObject) =>
  found(obs02, {
    aws_cloudwatch_metric_alarm: { errors: silent },
    aws_cloudwatch_composite_alarm: { any: { ...right, alarm_name: "any", ...composite } },
  });

describe("OBS-02", () => {
  it.each<[string, JsonObject]>([
    ["tells somebody", right],
    ["is switched on in words", { ...right, actions_enabled: "true" }],
    ["takes its actions from elsewhere", { ...right, alarm_actions: "${var.topics}" }],
    ["begins its description elsewhere", { ...right, alarm_description: "${var.what} See runbooks/errors.md" }],
  ])("lets an alarm be that %s", (_, attributes) => {
    expect(alarm(attributes)).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ["is switched off", { ...right, actions_enabled: false }, "is switched off."],
    ["is switched off in words", { ...right, actions_enabled: "false" }, "is switched off."],
    ["tells nobody", { ...right, alarm_actions: [] }, "tells nobody."],
    ["has no description", { ...right, alarm_description: "" }, "names no runbook."],
    ["names a runbook in passing", { ...right, alarm_description: "runbooks/a.md, maybe" }, "names no runbook."],
    ["names the folder", { ...right, alarm_description: "See runbooks/.md" }, "names no runbook."],
  ])("finds an alarm that %s", (_, attributes, message) => {
    expect(alarm(attributes)).toEqual([`aws_cloudwatch_metric_alarm.errors ${message}`]);
  });

  it.each<JsonObject>([
    { alarm_rule: "ALARM(errors) AND OK(other)" },
    { alarm_rule: 'ALARM("errors")' },
    { alarm_rule: 'ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors")' },
    { alarm_rule: "ALARM(${aws_cloudwatch_metric_alarm.errors.alarm_name})" },
    { alarm_rule: "ALARM(${aws_cloudwatch_metric_alarm.errors.arn}) OR ALARM(${var.other})" },
    { alarm_rule: "FALSE", actions_suppressor: { alarm: "${aws_cloudwatch_metric_alarm.errors.alarm_name}" } },
  ])("lets an alarm be silent that a composite names: %j", (composite) => {
    expect(inComposite(composite)).toEqual([]);
  });

  it.each<JsonObject>([
    { alarm_rule: "ALARM(errors-of-others)" },
    { alarm_rule: "ALARM(${aws_cloudwatch_metric_alarm.errors_too.alarm_name})" },
  ])("finds a silent alarm that no composite names: %j", (composite) => {
    expect(inComposite(composite)).toEqual(["aws_cloudwatch_metric_alarm.errors tells nobody."]);
  });

  it("judges composite alarms too", () => {
    expect(found(obs02, { aws_cloudwatch_composite_alarm: { any: { ...silent, alarm_rule: "FALSE" } } })).toEqual([
      "aws_cloudwatch_composite_alarm.any tells nobody.",
    ]);
  });
});
