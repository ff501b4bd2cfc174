import { Command } from "commander";
import { ConfigError } from "../config/load";
import { mutateCode } from "./mutation/code";
import { secretsCode } from "./mutation/code-suites";
import { mutateFirewall } from "./mutation/firewall";

/** Each answers with what is wrong, so with nothing where every change is noticed. */
const suites: Readonly<Record<string, () => readonly string[]>> = {
  waf: mutateFirewall,
  secrets: () => mutateCode(secretsCode),
};

/** Breaks a proof's subject in small ways, to see whether the cases notice. */
export function mutation(): Command {
  const names = Object.keys(suites).join(", ");
  return new Command("mutation")
    .description(
      "Changes the API's web ACL (waf), or the code that rotates and checks secrets (secrets), one spot at a time. " +
        "Exits 1 if the cases or the tests miss too much.",
    )
    .argument("<what>", `what is changed: ${names}`)
    .action((what: string) => {
      const suite = Object.hasOwn(suites, what) ? suites[what] : undefined;
      if (!suite) throw new ConfigError([`There are no mutations of ${JSON.stringify(what)}; allowed are ${names}.`]);
      const problems = suite();
      for (const problem of problems) console.error(problem);
      process.exitCode = problems.length === 0 ? 0 : 1;
    });
}
