import { Command } from "commander";
import { ConfigError } from "../config/load";
import { checks, type Outcome } from "./checks";
import { synthesizeExamples } from "./examples";
import { progress } from "./progress";
import { tableText } from "./table-text";

const ids = checks.map(({ id }) => id);

/** Synthesizes every environment and proves what can be proved about it. Exits 1 if a promise is broken. */
export function check(): Command {
  return new Command("check")
    .description("Synthesizes every environment into build/ and runs the proofs over the JSON.")
    .option("--only <checks>", `a list of ${ids.join(", ")}`, ids.join(","))
    .option("--tables", "print the figures behind each verdict")
    .action(async ({ only, tables }: { only: string; tables?: true }) => {
      const wanted = chosen(only);
      progress("Synthesizing the environments");
      const examples = await synthesizeExamples();
      let broken = 0;
      for (const { id, question, judge } of checks.filter((each) => wanted.includes(each.id))) {
        console.log(`\n${question} (${id})`);
        for (const example of examples) {
          const outcome = await judge(example);
          broken += outcome.findings.length;
          print(example.name, outcome, tables === true);
        }
      }
      console.log(`\n${broken === 0 ? "Every promise is kept." : `${broken} findings.`} The JSON is in build/.`);
      process.exitCode = broken === 0 ? 0 : 1;
    });
}

function chosen(only: string): string[] {
  const wanted = only.split(",").map((id) => id.trim());
  const unknown = wanted.filter((id) => !ids.includes(id));
  if (unknown.length === 0) return wanted;
  throw new ConfigError([`--only names ${unknown.join(", ")}; allowed are ${ids.join(", ")}.`]);
}

function print(environment: string, { looked, findings, accepted, table }: Outcome, tables: boolean): void {
  console.log(`  ${findings.length === 0 ? "kept  " : "BROKEN"} ${environment}: ${looked}`);
  for (const finding of findings) console.log(`    ${finding}`);
  for (const line of accepted) console.log(`    accepted: ${line}`);
  if (tables && table) console.log(tableText(table, "    "));
}
