import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { markdownTable, withGenerated } from "../report/generated";
import { number, text, valuesByKey } from "../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../terraform/estate";
import { type Runbook, readRunbook } from "./runbook";

const root = resolve(__dirname, "../..");
const folder = join(root, "runbooks");

/** What a page says of an alarm that leads to it; the rows of alarms fit. */
export interface LeadingAlarm {
  readonly severity: string;
  /** Name without the environment's prefix and the severity. */
  readonly key: string;
  /** What the compared number is. */
  readonly unit: string;
  readonly comparison: string;
  readonly threshold: number;
  readonly runbook: string;
}

export interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** The runbooks there are, in the order of their ids. */
export const runbooks = (): Runbook[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith("RB-"))
    .sort()
    .map((file) => readRunbook(file, readFileSync(join(folder, file), "utf8")));

/** Every page of `runbooks/` as it should read: the alarms that lead to each, and the index. */
export function runbookPages(alarms: readonly LeadingAlarm[]): Page[] {
  const all = runbooks();
  const pages = all.map(({ file, frontMatter: { id } }) => ({
    path: `runbooks/${file}`,
    text: withGenerated(
      readFileSync(join(folder, file), "utf8"),
      "alarms",
      alarmBlock(alarms.filter(({ runbook }) => runbook === id)),
    ),
  }));
  const index = join(folder, "README.md");
  if (!existsSync(index)) throw new Error("runbooks/README.md is missing; it holds the place of the index.");
  const readme = withGenerated(readFileSync(index, "utf8"), "index", indexTable(all, alarms));
  return [...pages, { path: "runbooks/README.md", text: readme }];
}

/** The alarms of an estate, each once: two regions may hold the same. */
export function leadingAlarms(estate: Estate): LeadingAlarm[] {
  const all = managedResources(estate, "aws_cloudwatch_metric_alarm").map(leadingAlarm);
  return all.filter((alarm, index) => all.findIndex(({ key }) => key === alarm.key) === index);
}

function leadingAlarm(alarm: Resource): LeadingAlarm {
  const tag = (name: string): string => {
    const found = valuesByKey(alarm, "tags").get(name);
    if (found?.kind !== "literal") throw new Error(`${alarm.address} has no tag ${name}, so no runbook can list it.`);
    return String(found.value);
  };
  const severity = tag("Severity");
  const name = text(alarm, "alarm_name") ?? "";
  const operator = text(alarm, "comparison_operator") ?? "";
  return {
    severity,
    key: name.slice(name.lastIndexOf(`-${severity}-`) + severity.length + 2),
    unit: /^Value: (.*)$/m.exec(text(alarm, "alarm_description") ?? "")?.[1] ?? "",
    comparison: `${operator.startsWith("Greater") ? ">" : "<"}${operator.includes("OrEqual") ? "=" : ""}`,
    threshold: number(alarm, "threshold") ?? Number.NaN,
    runbook: tag("Runbook"),
  };
}

function alarmBlock(alarms: readonly LeadingAlarm[]): string {
  if (alarms.length === 0) return "No alarm leads here by itself.";
  const rows = alarms.map(({ severity, key, unit, comparison, threshold }) => [
    `\`${severity}-${key}\``,
    `${comparison} ${threshold.toLocaleString("en-US")} ${unit}`,
  ]);
  return markdownTable([["Alarm", "Fires at"], ...rows]);
}

function indexTable(all: readonly Runbook[], alarms: readonly LeadingAlarm[]): string {
  const rows = all.map(({ file, frontMatter: { id, title, kind, expectedMinutes, lastExercised } }) => [
    `[${id} ${title}](${file})`,
    kind,
    alarms
      .filter(({ runbook }) => runbook === id)
      .map(({ key }) => `\`${key}\``)
      .join(" ") || "–",
    `${expectedMinutes}`,
    lastExercised ?? "never",
  ]);
  return markdownTable([["Runbook", "Kind", "Alarms", "Planned minutes", "Last exercised"], ...rows]);
}
