import { text } from "../terraform/blocks";
import { managedResources, type Stack } from "../terraform/estate";
import type { Synthesis } from "../terraform/read";

/** What a person would name when asked what a stack holds; the rest is wiring between these. */
const nouns: readonly (readonly [type: string, one: string, many: string])[] = [
  ["aws_vpc", "VPC", "VPCs"],
  ["aws_subnet", "subnet", "subnets"],
  ["aws_nat_gateway", "NAT gateway", "NAT gateways"],
  ["aws_vpc_endpoint", "endpoint", "endpoints"],
  ["aws_dynamodb_table", "table", "tables"],
  ["aws_s3_bucket", "bucket", "buckets"],
  ["aws_kms_key", "key", "keys"],
  ["aws_secretsmanager_secret", "secret", "secrets"],
  ["aws_lambda_function", "function", "functions"],
  ["aws_api_gateway_method", "route", "routes"],
  ["aws_sqs_queue", "queue", "queues"],
  ["aws_wafv2_web_acl", "web ACL", "web ACLs"],
  ["aws_cloudfront_distribution", "distribution", "distributions"],
  ["aws_backup_vault", "vault", "vaults"],
  ["aws_backup_plan", "backup plan", "backup plans"],
  ["aws_sns_topic", "topic", "topics"],
  ["aws_cloudwatch_metric_alarm", "alarm", "alarms"],
  ["aws_cloudwatch_dashboard", "dashboard", "dashboards"],
  ["aws_budgets_budget", "budget", "budgets"],
  ["aws_cloudtrail", "trail", "trails"],
  ["aws_athena_workgroup", "Athena workgroup", "Athena workgroups"],
];

export interface StackContents {
  readonly name: string;
  readonly dependencies: readonly string[];
  /** How many stacks are applied before it, one after the other. */
  readonly level: number;
  readonly resources: number;
  /** Such as "2 tables, 3 keys". */
  readonly holds: string;
}

export interface AlarmContents {
  readonly name: string;
  readonly region: string;
  readonly meaning: string;
  readonly runbook: string;
}

/** In the order of applying: a stack stands after all that it waits for. */
export function stackContents({ stacks, estate }: Synthesis): StackContents[] {
  const levelOf = (name: string): number => {
    const before = stacks.find((stack) => stack.name === name)?.dependencies ?? [];
    return Math.max(-1, ...before.map(levelOf)) + 1;
  };
  const contents = stacks.map(({ name, dependencies }) => {
    const stack = estate.get(name);
    const types = stack ? managedTypes(stack) : [];
    const named = nouns.flatMap(([type, one, many]) => {
      const count = types.filter((each) => each === type).length;
      return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
    });
    return { name, dependencies, level: levelOf(name), resources: types.length, holds: named.join(", ") };
  });
  return contents.sort((one, other) => one.level - other.level);
}

const managedTypes = (stack: Stack): string[] =>
  [...stack.resources.values()].filter(({ mode }) => mode === "managed").map(({ type }) => type);

export function alarmContents({ estate }: Synthesis): AlarmContents[] {
  return managedResources(estate, "aws_cloudwatch_metric_alarm").map((alarm) => {
    const [meaning = "", ...others] = (text(alarm, "alarm_description") ?? "").split("\n");
    return {
      name: text(alarm, "alarm_name") ?? alarm.address,
      region: alarm.region ?? "unknown",
      meaning,
      runbook: (others.at(-1) ?? "").replace("Runbook: ", ""),
    };
  });
}
