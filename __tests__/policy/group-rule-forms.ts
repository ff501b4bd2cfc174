import type { SecurityRule } from "../../src/policy/security-rule";
import type { JsonObject } from "../../src/terraform/json";
import { found } from "./fragment";

/** One rule of a security group, to be written in every form. */
export interface WrittenRule {
  readonly direction: "ingress" | "egress";
  readonly protocol: string | number;
  readonly from?: number | string;
  readonly to?: number | string;
  readonly range?: string;
  readonly description?: string;
}

/** The findings for a rule by itself, by itself as of old, and inline as an object and as a list. */
export function inEveryForm(
  rule: SecurityRule,
  { direction, protocol, from, to, range, description = "Calls" }: WrittenRule,
): string[][] {
  const ports: JsonObject = { description, from_port: from ?? null, to_port: to ?? null };
  const isNew = range?.includes(":");
  const ranges = range === undefined ? {} : { [isNew ? "ipv6_cidr_blocks" : "cidr_blocks"]: [range] };
  const older = { ...ports, ...ranges, protocol };
  const inline = (body: JsonObject | JsonObject[]) =>
    found(rule, { aws_security_group: { group: { description: "Functions", [direction]: body } } });
  const own = {
    ...ports,
    ...(range === undefined ? {} : { [isNew ? "cidr_ipv6" : "cidr_ipv4"]: range }),
    ip_protocol: protocol,
  };
  return [
    found(rule, { [`aws_vpc_security_group_${direction}_rule`]: { rule: own } }),
    found(rule, { aws_security_group_rule: { rule: { ...older, type: direction } } }),
    inline(older),
    inline([older]),
  ];
}

/** The same finding at the place of each form. */
export const everywhere = (direction: "ingress" | "egress", message: string): string[][] => [
  [`aws_vpc_security_group_${direction}_rule.rule ${message}`],
  [`aws_security_group_rule.rule ${message}`],
  [`aws_security_group.group ${message}`],
  [`aws_security_group.group ${message}`],
];

export const nowhere: string[][] = [[], [], [], []];
