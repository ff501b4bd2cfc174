import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { text, values } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

const root = resolve(__dirname, "../../..");

export const alarmsLeadToRunbooks: Rule = {
  id: "alarms-lead-to-runbooks",
  promise: "Every alarm tells somebody, and its description ends in the address of a runbook that exists.",
  why: "An alarm that nobody hears, or that says nothing of what to do, is noise at three in the morning.",
  *violations(estate) {
    for (const alarm of managedResources(estate, "aws_cloudwatch_metric_alarm")) {
      if (values(alarm, "alarm_actions").length === 0) yield { at: alarm, message: "tells nobody; set alarm_actions." };
      const [path] = /runbooks\/[\w-]+\.md$/.exec(text(alarm, "alarm_description") ?? "") ?? [];
      if (!path) yield { at: alarm, message: "names no runbook; end alarm_description in runbooks/<file>.md." };
      else if (!existsSync(join(root, path))) yield { at: alarm, message: `names ${path}, which does not exist.` };
    }
  },
};
