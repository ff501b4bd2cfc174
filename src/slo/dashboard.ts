import { runbookFiles } from "./alarm-row";
import { apiGraphs, functionGraphs, type Objectives, queueGraphs, tableGraphs } from "./dashboard-graphs";
import { grid, type Tile, type Widget } from "./dashboard-grid";
import type { Watched } from "./watched";

export interface DashboardProps {
  readonly title: string;
  readonly watched: Watched;
  readonly alarmArns: readonly string[];
  readonly region: string;
  readonly runbookBaseUrl: string;
  readonly objectives: Objectives;
  readonly queueAgeAlarmSeconds: number;
}

/** CloudWatch shows at most this many alarms in a widget. */
const alarmsPerWidget = 100;

/** The body of the dashboard that every runbook begins with: alarms, APIs, functions, tables, queue. */
export function dashboardBody(props: DashboardProps): { start: string; periodOverride: string; widgets: Widget[] } {
  const { watched, region, objectives } = props;
  return {
    start: "-PT3H",
    periodOverride: "inherit",
    widgets: grid([
      [runbooks(props)],
      ...alarms(props.alarmArns).map((tile) => [tile]),
      ...watched.apis.map(({ ref }) => apiGraphs(ref, objectives, region)),
      functionGraphs(watched.functions, objectives, region),
      tableGraphs(watched.tables, region),
      queueGraphs(watched.queue, objectives, props.queueAgeAlarmSeconds, region),
    ]),
  };
}

/** The body as an argument of Terraform, which would read `${` and `%{` as its own. */
export const dashboardJson = (props: DashboardProps): string =>
  JSON.stringify(dashboardBody(props)).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

function runbooks({ title, runbookBaseUrl }: DashboardProps): Tile {
  const links = Object.entries(runbookFiles).map(([id, file]) => {
    const subject = file.slice(id.length, -".md".length).replaceAll("-", " ");
    return `[${id}${subject}](${runbookBaseUrl}/runbooks/${file})`;
  });
  return { type: "text", width: 24, height: 3, properties: { markdown: `# ${title}\n${links.join(" · ")}` } };
}

function alarms(arns: readonly string[]): Tile[] {
  const count = Math.ceil(arns.length / alarmsPerWidget);
  return Array.from({ length: count }, (_, index) => ({
    type: "alarm",
    width: 24,
    height: 4,
    properties: { title: "Alarms", alarms: arns.slice(index * alarmsPerWidget, (index + 1) * alarmsPerWidget) },
  }));
}
