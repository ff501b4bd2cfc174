import { Command } from "commander";
import { ConfigError } from "../config/load";
import { equivalents } from "./mutation/equivalents";
import { judgeMutations } from "./mutation/judge";
import { mutationReport, mutationText } from "./mutation/report";
import { wafSuite } from "./mutation/suite";
import { progress } from "./progress";

/** Breaks a proof's subject in small ways, to see whether the cases notice. */
export function mutation(): Command {
  return new Command("mutation")
    .description("Changes the API's web ACL, one rule at a time. Exits 1 if the cases miss a change.")
    .argument("<what>", "what is changed: waf")
    .action((what: string) => {
      if (what !== "waf") {
        throw new ConfigError([`There are no mutations of ${JSON.stringify(what)}; allowed are waf.`]);
      }
      const suite = wafSuite();
      progress(`Judging every mutation by ${suite.cases.length} cases`);
      const report = mutationReport(judgeMutations(suite), equivalents);
      console.log(mutationText(report, suite.cases.length));
      for (const problem of report.problems) console.error(problem);
      process.exitCode = report.problems.length === 0 ? 0 : 1;
    });
}
