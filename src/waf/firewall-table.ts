import { type Estate, managedResources, type Resource } from "../terraform/estate";
import { ruleCapacities } from "./capacity";
import { includedCapacityUnits, ruleUsd, webAclPrice } from "./price";
import { readAcl } from "./read-acl";
import type { AclRule } from "./read-rule";

/** What a web ACL holds and costs, ready to be printed. */
export interface FirewallTable {
  readonly name: string;
  readonly scope: "REGIONAL" | "CLOUDFRONT";
  /** Head, then a row a rule. */
  readonly rows: readonly (readonly string[])[];
  readonly summary: string;
}

/** The web ACLs of an environment, that of the API first. */
export const firewallTables = (estate: Estate): FirewallTable[] =>
  managedResources(estate, "aws_wafv2_web_acl")
    .map(firewallTable)
    .sort((one, other) => other.scope.localeCompare(one.scope));

function firewallTable(resource: Resource): FirewallTable {
  const acl = readAcl(resource);
  const capacities = ruleCapacities(resource);
  const total = capacities.reduce((sum, { capacityUnits }) => sum + capacityUnits, 0);
  const price = webAclPrice(capacities.length, total);
  return {
    name: acl.name,
    scope: acl.scope,
    rows: [
      ["Priority", "Rule", "Action", "WCU", "Depth", "USD a month"],
      ...capacities.map(({ name, priority, capacityUnits, depth }) => {
        const rule = acl.rules.find((each) => each.priority === priority);
        return [`${priority}`, name, rule ? actionOf(rule) : "", `${capacityUnits}`, `${depth}`, `${ruleUsd}`];
      }),
    ],
    summary: `${capacities.length} rules, ${total} of ${includedCapacityUnits} WCU (headroom ${includedCapacityUnits - total}), ${price.monthlyUsd} USD a month and ${price.usdPerMillionRequests.toFixed(2)} USD per million requests`,
  };
}

function actionOf(rule: AclRule): string {
  if (rule.kind === "group") {
    const counted = rule.match.rules.filter(({ action }) => action === "count").length;
    return rule.counted ? "count" : counted > 0 ? `block, ${counted} rules count` : "block";
  }
  return rule.action.kind === "block" ? `block ${rule.action.status}` : rule.action.kind;
}
