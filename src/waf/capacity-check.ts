import { text } from "../terraform/blocks";
import { type Estate, managedResources, type Resource } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { includedCapacityUnits, ruleCapacities } from "./capacity";

/** The verdict on what the web ACLs of an environment cost in capacity, ready to be printed. */
export function capacityCheck(estate: Estate) {
  const acls = managedResources(estate, "aws_wafv2_web_acl");
  const judged = acls.map(judge);
  return {
    looked: `the capacity of ${acls.length} web ACLs`,
    findings: acls.length === 0 ? ["There is no web ACL in the JSON."] : judged.flatMap(({ findings }) => findings),
    accepted: [],
    table: [["web ACL", "priority", "rule", "capacity units"], ...judged.flatMap(({ rows }) => rows)],
  };
}

function judge(acl: Resource): { findings: string[]; rows: string[][] } {
  try {
    const name = text(acl, "name") ?? acl.address;
    const rules = ruleCapacities(acl);
    const total = rules.reduce((sum, { capacityUnits }) => sum + capacityUnits, 0);
    return {
      findings:
        total > includedCapacityUnits
          ? [
              `${name} uses ${total} capacity units; above ${includedCapacityUnits} every request costs more. Drop a rule or a text transformation.`,
            ]
          : [],
      rows: [
        ...rules.map((rule) => [name, String(rule.priority), rule.name, String(rule.capacityUnits)]),
        [name, "", "total", String(total)],
      ],
    };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { findings: [error.message], rows: [] };
  }
}
