import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { ConfigError } from "../config/load";
import { counted } from "../policy/counted";
import { sarif } from "../policy/sarif";
import { checks, environmentFile, type Outcome, usualChecks } from "./checks";
import { type Example, synthesizeExamples } from "./examples";
import { outcomeOf } from "./outcome-of";
import { progress } from "./progress";
import { tableText } from "./table-text";

const root = resolve(__dirname, "../..");
const ids = checks.map(({ id }) => id);

interface Options {
  readonly only: string;
  readonly tables?: true;
  readonly json?: true;
  readonly sarif?: string;
}

interface Judged {
  readonly environment: string;
  readonly check: string;
  readonly question: string;
  readonly outcome: Outcome;
}

/** Synthesizes every environment and proves what can be proved about it. Exits 1 if a promise is broken. */
export function check(): Command {
  return new Command("check")
    .description("Synthesizes every environment into build/ and runs the proofs over the JSON.")
    .option("--only <checks>", `a list of ${ids.join(", ")}`, usualChecks.map(({ id }) => id).join(","))
    .option("--tables", "print the figures behind each verdict")
    .option("--json", "print one JSON document instead of text")
    .option("--sarif <file>", "also write the open findings of the policy as SARIF 2.1.0, for code scanning")
    .action(async (options: Options) => {
      const wanted = chosen(options);
      if (options.json === undefined) progress("Synthesizing the environments");
      const judged = await judgeAll(wanted, await synthesizeExamples(), options);
      if (options.json) console.log(JSON.stringify(judged.map(machineReadable), null, 2));
      if (options.sarif !== undefined) writeFileSync(options.sarif, `${JSON.stringify(sarifOf(judged), null, 2)}\n`);
      const broken = judged.reduce((sum, { outcome }) => sum + outcome.findings.length, 0);
      if (options.json === undefined) {
        console.log(
          `\n${broken === 0 ? "Every promise is kept." : `${counted(broken, "finding")}.`} The JSON is in build/.`,
        );
      }
      process.exitCode = broken === 0 ? 0 : 1;
    });
}

/** Each check over every environment, in this order; without `--json`, printed as soon as it is known. */
async function judgeAll(
  wanted: readonly string[],
  examples: readonly Example[],
  { json, tables }: Options,
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const check of checks.filter((each) => wanted.includes(each.id))) {
    const { id, question } = check;
    if (!json) console.log(`\n${question} (${id})`);
    for (const example of examples) {
      const outcome = await outcomeOf(check, example);
      judged.push({ environment: example.name, check: id, question, outcome });
      if (!json) print(example.name, outcome, tables === true);
    }
  }
  return judged;
}

function chosen({ only, sarif: file }: Options): string[] {
  const wanted = only.split(",").map((id) => id.trim());
  const unknown = wanted.filter((id) => !ids.includes(id));
  const problems = [
    ...(unknown.length === 0 ? [] : [`--only names ${unknown.join(", ")}; allowed are ${ids.join(", ")}.`]),
    ...(file === undefined || wanted.includes("policy")
      ? []
      : [`--sarif writes findings of the policy, which --only ${only} leaves out; add policy to it.`]),
    ...(file === undefined || existsSync(dirname(resolve(file)))
      ? []
      : [`--sarif names ${file}, whose folder does not exist; make it first.`]),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return wanted;
}

function print(environment: string, { looked, findings, accepted, table }: Outcome, tables: boolean): void {
  console.log(`  ${findings.length === 0 ? "kept  " : "BROKEN"} ${environment}: ${looked}`);
  for (const finding of findings) console.log(`    ${finding}`);
  for (const line of accepted) console.log(`    accepted: ${line}`);
  if (tables && table) console.log(tableText(table, "    "));
}

const machineReadable = ({ environment, check: id, question, outcome: { table: _table, ...outcome } }: Judged) => ({
  environment,
  check: id,
  question,
  ...outcome,
});

function sarifOf(judged: readonly Judged[]) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const runs = judged.flatMap(({ environment, outcome: { weaknesses } }) =>
    weaknesses ? [{ environment, file: environmentFile(environment), weaknesses }] : [],
  );
  return sarif(runs, version);
}
