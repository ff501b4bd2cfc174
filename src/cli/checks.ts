import { ConfigError, parseEnvironment } from "../config/load";
import { remarks } from "../config/remarks";
import type { Config } from "../config/schema";
import { limitsCheck } from "../limits/limits-check";
import { catalogue } from "../policy/catalogue";
import { findings } from "../policy/rule";
import { lifecycleViolations } from "../recovery/lifecycle-rules";
import type { Verdict } from "../report/page";
import { rotationCheck } from "../secrets/rotation-check";
import { alarmFindings } from "../slo/alarm-findings";
import { managedResources } from "../terraform/estate";
import { firewallCheck } from "../waf/firewall-check";
import type { Example } from "./examples";

export type Outcome = Omit<Verdict, "question">;

export interface Check {
  readonly id: string;
  readonly question: string;
  readonly judge: (example: Example) => Outcome | Promise<Outcome>;
}

/** The proofs that exist, each over the synthesized JSON of one environment. */
export const checks: readonly Check[] = [
  {
    id: "schema",
    question: "Do the defaults, too, pass the schema and its rules?",
    judge: ({ name, config }) => ({
      looked: `environments/${name}.ts with every default filled in`,
      findings: problemsOf(config, name),
      accepted: remarks(config),
    }),
  },
  {
    id: "promises",
    question: "Does every stack keep the promises of the house?",
    judge: ({ synthesis }) => ({
      looked: `${catalogue.length} promises over ${synthesis.stacks.length} stacks`,
      findings: catalogue
        .flatMap((rule) => findings(rule, synthesis.estate))
        .map(({ rule, stack, address, message }) => `${rule}: ${stack}/${address} ${message}`),
      accepted: [],
    }),
  },
  {
    id: "limits",
    question: "Can functions, queues and the account carry what the throttles let in?",
    judge: ({ synthesis, config }) => limitsCheck(synthesis.estate, config),
  },
  {
    id: "waf",
    question: "Do the web ACLs fit into what AWS takes, and does none let through what it only counts?",
    judge: ({ synthesis: { estate } }) => firewallCheck(estate),
  },
  {
    id: "rotation",
    question: "Does a rotation that goes wrong refuse no delivery and lose no key?",
    judge: ({ synthesis: { estate } }) => rotationCheck(estate),
  },
  {
    id: "alarms",
    question: "Does CloudWatch accept every alarm, and can each one fire and be heard?",
    judge: ({ synthesis: { estate }, config }) => ({
      looked: `${managedResources(estate, "aws_cloudwatch_metric_alarm").length} alarms`,
      findings: alarmFindings(estate, existingTimeouts(config)).map(
        ({ lint, stack, address, message }) => `${lint}: ${stack}/${address} ${message}`,
      ),
      accepted: [],
    }),
  },
  {
    id: "backups",
    question: "Does AWS accept every backup rule, and every vault what is sent to it?",
    judge: ({ synthesis: { estate }, config }) => ({
      looked: `${managedResources(estate, "aws_backup_plan").length} backup plan, ${managedResources(estate, "aws_backup_vault").length} vaults`,
      findings: lifecycleViolations(estate, {
        complianceLockAcknowledged: config.recovery.lock.mode === "compliance",
        externalVaults: [],
      }).map(({ rule, at }) => `${rule}: ${at}`),
      accepted: [],
    }),
  },
];

/** Of functions that others own: their timeouts are not in the JSON. */
function existingTimeouts({ existing }: Config): Map<string, number> {
  return new Map(existing.flatMap((thing) => (thing.kind === "function" ? [[thing.name, thing.timeoutSeconds]] : [])));
}

/** Defaults are filled in unchecked, so the whole is checked once more. */
function problemsOf(config: Config, name: string): readonly string[] {
  try {
    parseEnvironment(config, `environments/${name}.ts`);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}
