import { knownDrift, notProved } from "../../local/gaps";
import type { PromiseResult } from "../../local/promises";
import type { LocalRun } from "../../local/run";
import { TerraformFailed } from "../../local/terraform";
import { tableText } from "../table-text";

/** Everything that makes a run fail, one sentence each. */
export function failures({ applied, tested }: LocalRun): string[] {
  const broken = [...applied, ...(tested?.planned ?? [])].flatMap(([stack, outcome]) => {
    if (outcome.kind === "skipped") return [`${stack} was not applied: it waits for ${outcome.waitedFor.join(", ")}`];
    if (outcome.kind === "done") return [];
    const problems = outcome.error instanceof TerraformFailed ? outcome.error.problems : [outcome.error.message];
    return problems.map((problem) => `${stack}: ${problem} (not in src/local/unsupported.json)`);
  });
  if (!tested) return broken;
  const { smoke, rotation, drift } = tested;
  return [
    ...broken,
    ...[...smoke, ...rotation].flatMap(({ promise, problem }) => (problem ? [`${promise}: ${problem}`] : [])),
    ...drift.unlisted.map(
      ({ stack, address, attributes }) =>
        `${stack}: the second plan changes ${address} (${attributes.join(", ")}), which is not in src/local/drift.json`,
    ),
    ...drift.stale.map((entry) => `${entry} drifts no longer; take it out of src/local/drift.json`),
  ];
}

/** What a run did, what it left out, and what it does not prove. */
export function summary(run: LocalRun, isKept: boolean): string {
  const failed = failures(run);
  return [
    tableText([
      ["stack", "resources", "left out", "seconds", "result"],
      ...run.stacks.map(({ name }) => stackRow(run, name)),
    ]),
    promiseLines("The service, driven from outside", run.tested?.smoke),
    promiseLines(
      "The key of GitHub's webhook, rotated while deliveries come in (stand-ins drive the steps and show the pending version: the emulator calls no rotation function and holds no version without a value)",
      run.tested?.rotation,
    ),
    leftOutLines(run),
    driftLines(run),
    `This run does not prove:\n${notProved()
      .map(({ proof, reason, instead }) => `  ${proof}: ${reason} ${instead}`)
      .join("\n")}`,
    isKept && run.tested ? keptLines(run.tested.service.apiUrl) : "",
    failed.length > 0 ? `Failed:\n${failed.map((failure) => `  ${failure}`).join("\n")}` : "All promises hold.",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function stackRow({ applied, stacks, tested }: LocalRun, name: string): string[] {
  const outcome = applied.get(name);
  const removed =
    stacks.find((stack) => stack.name === name)?.leftOut.filter(({ change }) => change === "removed") ?? [];
  const planned = tested?.planned.get(name);
  const drifts = (rows: readonly { stack: string }[] = []) => rows.some(({ stack }) => stack === name);
  if (outcome?.kind !== "done") return [name, "-", String(removed.length), "-", outcome?.kind ?? "not run"];
  const result =
    planned?.kind === "failed"
      ? "second plan failed"
      : drifts(tested?.drift.unlisted)
        ? "changes"
        : "applied, no change";
  const known = drifts(tested?.drift.listed) ? " but listed drift" : "";
  const { resources, seconds } = outcome.value;
  return [name, String(resources), String(removed.length), seconds.toFixed(0), `${result}${known}`];
}

function promiseLines(heading: string, results: readonly PromiseResult[] = []): string {
  const lines = results.map(({ promise, problem }) => `  ${problem ? "FAILED" : "ok"}  ${promise}`);
  return lines.length > 0 ? `${heading}:\n${lines.join("\n")}` : "";
}

function leftOutLines({ stacks }: LocalRun): string {
  const rows = stacks.flatMap(({ name, leftOut }) =>
    leftOut.map(({ address, change, reason }) => [`${name}`, change, address, reason]),
  );
  return rows.length > 0 ? `Left out, for the emulator cannot hold it:\n${tableText(rows, "  ")}` : "";
}

function driftLines({ tested }: LocalRun): string {
  if (!tested?.drift.listed.length) return "";
  const count = (type: string) => tested.drift.listed.filter((row) => row.type === type).length;
  const rows = knownDrift().map(({ type, attributes, reason }) => [
    type,
    String(count(type)),
    attributes.join(", "),
    reason,
  ]);
  return `Drift of the second plan that the emulator causes:\n${tableText(rows, "  ")}`;
}

const keptLines = (apiUrl: string): string =>
  [
    "Kept running; addresses are in .local/endpoints.json. Try it:",
    "  npm run -s local -- token --role Reviews.Read",
    "  npm run -s local -- deliver payload.json",
    `  curl -H "Authorization: Bearer $(npm run -s local -- token --role Reviews.Read)" "${apiUrl}/api/v1/reviews?repository=acme/shop"`,
    "  npm run local -- --down",
  ].join("\n");
