import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { counted } from "../policy/counted";
import { alarmContents, stackContents } from "../report/contents";
import { type EnvironmentReport, page } from "../report/page";
import { usualChecks } from "./checks";
import { type Example, synthesizeExamples } from "./examples";
import { outcomeOf } from "./outcome-of";
import { progress } from "./progress";
import { tableText } from "./table-text";

const reportFile = resolve(__dirname, "../../build/report.html");

/** Synthesizes the example environments, proves what can be proved, and shows both on one page. Exits 1 on a broken promise. */
export function start(): Command {
  return new Command("start")
    .description("Synthesizes the example environments into build/, runs the proofs and writes build/report.html.")
    .action(async () => {
      const begun = Date.now();
      progress("Synthesizing the environments and proving their promises");
      const reports = await Promise.all((await synthesizeExamples()).map(report));
      mkdirSync(dirname(reportFile), { recursive: true });
      writeFileSync(reportFile, page(reports));
      for (const each of reports) console.log(`${summary(each)}\n`);
      const broken = reports.flatMap(({ verdicts }) => verdicts.flatMap(({ findings }) => findings)).length;
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      console.log(
        `${reports.length} environments in ${seconds} s. ${broken === 0 ? "Every promise is kept." : `${counted(broken, "finding")}: npm run check.`}`,
      );
      console.log(`Terraform JSON: ${join("build", "<environment>", "stacks", "<stack>", "cdk.tf.json")}`);
      console.log(`Report:         ${relative(process.cwd(), reportFile)}`);
      process.exitCode = broken === 0 ? 0 : 1;
    });
}

async function report(example: Example): Promise<EnvironmentReport> {
  const { name, config, synthesis } = example;
  const judged = usualChecks.map(async (check) => ({
    question: check.question,
    ...(await outcomeOf(check, example)),
  }));
  return {
    name,
    region: config.region,
    drRegion: config.drRegion,
    stacks: stackContents(synthesis),
    verdicts: await Promise.all(judged),
    alarms: alarmContents(synthesis),
  };
}

function summary({ name, region, drRegion, stacks, verdicts }: EnvironmentReport): string {
  const rows = stacks.map((stack) => [stack.name, String(stack.resources).padStart(4), stack.holds]);
  const proofs = verdicts.map(({ question, looked, findings }) => [
    findings.length === 0 ? "kept" : "BROKEN",
    question,
    looked,
  ]);
  return [`${name} (${region}, copies in ${drRegion})`, tableText(rows, "  "), tableText(proofs, "  ")].join("\n");
}
