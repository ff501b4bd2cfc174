import { progress } from "../progress";
import { equivalents } from "./equivalents";
import { judgeMutations } from "./judge";
import { mutationReport, mutationText } from "./report";
import { wafSuite } from "./suite";

/** Changes every rule of the firewall in turn, prints which change a case notices, and returns what is wrong. */
export function mutateFirewall(): readonly string[] {
  const suite = wafSuite();
  progress(`Judging every mutation by ${suite.cases.length} cases`);
  const report = mutationReport(judgeMutations(suite), equivalents);
  console.log(mutationText(report, suite.cases.length));
  return report.problems;
}
