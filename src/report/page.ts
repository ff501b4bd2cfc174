import type { AlarmContents, StackContents } from "./contents";
import { stackPicture } from "./stack-picture";
import { styles } from "./styles";

export interface Verdict {
  readonly question: string;
  /** What was looked at, in one line. */
  readonly looked: string;
  /** Broken promises; one is enough for exit code 1. */
  readonly findings: readonly string[];
  /** Known and accepted, each with its reason. */
  readonly accepted: readonly string[];
  /** Figures behind the verdict: a header row, then the rest. */
  readonly table?: readonly (readonly string[])[];
}

export interface EnvironmentReport {
  readonly name: string;
  readonly region: string;
  readonly drRegion: string;
  readonly stacks: readonly StackContents[];
  readonly verdicts: readonly Verdict[];
  readonly alarms: readonly AlarmContents[];
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** One HTML file without scripts or outside references: what each environment holds and what was proved about it. */
export function page(environments: readonly EnvironmentReport[]): string {
  const links = environments.map(({ name }) => `<a href="#${escaped(name)}">${escaped(name)}</a>`).join(" ");
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>production-hardening</title>
<style>${styles}</style></head>
<body>
<h1>What was synthesized, and what was proved</h1>
<nav>${links}</nav>
${environments.map(section).join("\n")}
</body>
</html>
`;
}

function section({ name, region, drRegion, stacks, verdicts, alarms }: EnvironmentReport): string {
  return `<section id="${escaped(name)}">
<h2>${escaped(name)}</h2>
<p>Home ${escaped(region)}, copies in ${escaped(drRegion)}.</p>
${stackPicture(stacks)}
<h3>Stacks</h3>
${table(
  ["Stack", "Resources", "Holds", "After"],
  stacks.map((stack) => [stack.name, String(stack.resources), stack.holds, stack.dependencies.join(", ")]),
)}
<h3>Proofs</h3>
${verdicts.map(verdict).join("\n")}
<h3>Alarms</h3>
${table(
  ["Alarm", "Region", "Means", "Runbook"],
  alarms.map((alarm) => [alarm.name, alarm.region, alarm.meaning, { href: alarm.runbook }]),
)}
</section>`;
}

function verdict({ question, looked, findings, accepted, table: figures }: Verdict): string {
  const kept = findings.length === 0;
  const items = [...findings, ...accepted.map((line) => `Accepted: ${line}`)].map(
    (line) => `<li>${escaped(line)}</li>`,
  );
  const [head, ...rows] = figures ?? [];
  return `<details${kept ? "" : " open"}><summary class="${kept ? "kept" : "broken"}">${kept ? "Kept" : "Broken"}: ${escaped(question)} <small>${escaped(looked)}</small></summary>
<ul>${items.join("")}</ul>${head ? table(head, rows) : ""}</details>`;
}

interface Link {
  readonly href: string;
}

/** A link shows the last part of its address: a runbook's file name says more than its host. */
const shown = (cell: string | Link): string =>
  typeof cell === "string"
    ? escaped(cell)
    : `<a href="${escaped(cell.href)}">${escaped(cell.href.split("/").at(-1) ?? cell.href)}</a>`;

function table(head: readonly string[], rows: readonly (readonly (string | Link)[])[]): string {
  const cells = (row: readonly (string | Link)[], tag: string) =>
    row.map((cell) => `<${tag}>${shown(cell)}</${tag}>`).join("");
  return `<table><thead><tr>${cells(head, "th")}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("")}</tbody></table>`;
}
