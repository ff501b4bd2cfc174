import { ConfigError, parseEnvironment } from "../config/load";
import { remarks } from "../config/remarks";
import type { Config } from "../config/schema";
import { limitsCheck } from "../limits/limits-check";
import { catalogue } from "../policy/catalogue";
import type { SecurityFinding } from "../policy/judge";
import { policyCheck, type SuppressedFinding } from "../policy/policy-check";
import { findings } from "../policy/rule";
import { scanCheck } from "../policy/scan-check";
import { lifecycleViolations } from "../recovery/lifecycle-rules";
import type { Verdict } from "../report/page";
import { rotationCheck } from "../secrets/rotation-check";
import { reachabilityCheck } from "../security/reachability/reachability-check";
import { alarmFindings } from "../slo/alarm-findings";
import { managedResources } from "../terraform/estate";
import { firewallCheck } from "../waf/firewall-check";
import type { Example } from "./examples";

export interface Outcome extends Omit<Verdict, "question"> {
  /** Of the policy: what stands open and what is accepted, for machines. */
  readonly weaknesses?: readonly SecurityFinding[];
  readonly suppressed?: readonly SuppressedFinding[];
}

export interface Check {
  readonly id: string;
  readonly question: string;
  /** Runs only where it is asked for by name: it takes long, or needs what is not always there. */
  readonly onRequest?: true;
  readonly judge: (example: Example) => Outcome | Promise<Outcome>;
}

/** The proofs that exist, each over the synthesized JSON of one environment. */
export const checks: readonly Check[] = [
  {
    id: "schema",
    question: "Do the defaults, too, pass the schema and its rules?",
    judge: ({ name, config }) => ({
      looked: `${environmentFile(name)} with every default filled in`,
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
    id: "policy",
    question: "Does every resource keep the security rules, or is the exception known?",
    judge: ({ name, synthesis, config }) =>
      policyCheck(synthesis.estate, { config, file: environmentFile(name), today: today() }),
  },
  {
    id: "scan",
    question: "Do independent scanners find what our own rules do not?",
    onRequest: true,
    judge: ({ name, synthesis, config }) =>
      scanCheck(synthesis, { config, file: environmentFile(name), today: today() }, process.env),
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
    id: "reach",
    question: "Does each function in the VPC reach what it must, and nothing else?",
    judge: ({ synthesis: { estate }, config }) => reachabilityCheck(estate, config.network),
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

/** What runs where nothing is named. */
export const usualChecks: readonly Check[] = checks.filter(({ onRequest }) => onRequest === undefined);

export const environmentFile = (name: string): string => `environments/${name}.ts`;

const today = (): string => new Date().toISOString().slice(0, 10);

/** Of functions that others own: their timeouts are not in the JSON. */
function existingTimeouts({ existing }: Config): Map<string, number> {
  return new Map(existing.flatMap((thing) => (thing.kind === "function" ? [[thing.name, thing.timeoutSeconds]] : [])));
}

/** Defaults are filled in unchecked, so the whole is checked once more. */
function problemsOf(config: Config, name: string): readonly string[] {
  try {
    parseEnvironment(config, environmentFile(name));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}
