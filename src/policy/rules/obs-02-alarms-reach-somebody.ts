import type { Resource } from "../../terraform/estate";
import type { Json } from "../../terraform/json";
import { resolve } from "../../terraform/resolve";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

const runbook = /(?<![\w-])runbooks\/[^/\s]+\.md$/;

export const obs02: SecurityRule = {
  id: "OBS-02",
  scope: "linked",
  demand: "An alarm tells somebody, itself or through a composite alarm, and its description ends in a runbook.",
  why: "An alarm that nobody hears, or that says nothing of what to do, leaves the fault to the customers.",
  covers: ["CKV_AWS_319"],
  *check(look) {
    for (const at of look.resources("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")) {
      if (look.isSet(at, "actions_enabled") && !look.holds(at, "actions_enabled", isNotFalse)) {
        yield { at, message: "is switched off.", fix: "Remove actions_enabled, or set it to true." };
      }
      if (!look.isSet(at, "alarm_actions") && !isInComposite(look, at)) {
        const fix = "Set alarm_actions to the ARN of a topic, or name it in a composite alarm.";
        yield { at, message: "tells nobody.", fix };
      }
      const written = at.attributes.alarm_description;
      const isWrittenOut = typeof written === "string" && runbook.test(written);
      if (!isWrittenOut && !look.holds(at, "alarm_description", endsInRunbook)) {
        const fix = "End alarm_description in runbooks/<file>.md.";
        yield { at, message: "names no runbook.", fix };
      }
    }
  },
};

const isNotFalse = (value: Json): boolean => value !== false && value !== "false";

const endsInRunbook = (description: Json): boolean => typeof description === "string" && runbook.test(description);

/** Whether a composite alarm asks for it, or waits for it, by reference, name or ARN. */
function isInComposite(look: Look, alarm: Resource): boolean {
  const type = "aws_cloudwatch_composite_alarm";
  const name = look.text(alarm, "alarm_name");
  const isNamed = (rule: string) =>
    [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^)]*?))\s*\)/g)].some(
      ([, quoted, bare]) =>
        name !== undefined && ((quoted ?? bare) === name || (quoted ?? bare)?.endsWith(`:alarm:${name}`)),
    );
  return look.resources(type).some((composite) => {
    if (composite === alarm) return false;
    if (look.linked(alarm, type, "alarm_rule").includes(composite)) return true;
    if (look.linked(alarm, type, "actions_suppressor").includes(composite)) return true;
    const rule = resolve(composite.attributes.alarm_rule ?? null, composite.stack);
    return rule.kind === "literal" && typeof rule.value === "string" && isNamed(rule.value);
  });
}
