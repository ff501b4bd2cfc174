import type { SecurityRule } from "../../src/policy/security-rule";
import type { JsonObject } from "../../src/terraform/json";
import { found } from "./fragment";

/** One rule of a network ACL, to be written in every form. */
export interface WrittenAclRule {
  readonly direction: "ingress" | "egress";
  readonly action?: string;
  readonly protocol: string | number;
  readonly from?: number | string;
  readonly to?: number | string;
  readonly range: string;
}

/** The findings for a rule by itself, and inline as an object and as a list. */
export function aclInEveryForm(
  rule: SecurityRule,
  { direction, action = "allow", protocol, from, to, range }: WrittenAclRule,
): string[][] {
  const ranges = { [range.includes(":") ? "ipv6_cidr_block" : "cidr_block"]: range };
  const body: JsonObject = { ...ranges, protocol, from_port: from ?? null, to_port: to ?? null };
  const own: JsonObject = { ...body, egress: direction === "egress", rule_number: 100, rule_action: action };
  const inline: JsonObject = { ...body, rule_no: 100, action };
  return [
    found(rule, { aws_network_acl_rule: { rule: own } }),
    found(rule, { aws_network_acl: { acl: { [direction]: inline } } }),
    found(rule, { aws_default_network_acl: { acl: { [direction]: [inline] } } }),
  ];
}

/** The same finding at the place of each form. */
export const everyAcl = (message: string): string[][] => [
  [`aws_network_acl_rule.rule ${message}`],
  [`aws_network_acl.acl ${message}`],
  [`aws_default_network_acl.acl ${message}`],
];

export const noAcl: string[][] = [[], [], []];
