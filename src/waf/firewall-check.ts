import { type Estate, managedResources } from "../terraform/estate";
import { UnreadableError } from "../terraform/unreadable";
import { firewallTables } from "./firewall-table";
import { quotaProblems } from "./quotas";
import { readAcls } from "./read-acl";
import { holes } from "./reblocked";

/** The verdict on the web ACLs of an environment, ready to be printed: that each fits, can be evaluated, and has no hole. */
export function firewallCheck(estate: Estate) {
  const resources = managedResources(estate, "aws_wafv2_web_acl");
  try {
    const tables = firewallTables(estate);
    return {
      looked: `${resources.length} web ACLs: capacity, quotas, and that what a group only counts is blocked later`,
      findings: [
        ...(resources.length === 0 ? ["There is no web ACL in the JSON."] : []),
        ...resources.flatMap(quotaProblems),
        ...readAcls(estate).flatMap((acl) =>
          holes(acl).map((hole) => `${acl.name}: ${hole} is set to count, and no later rule blocks what it finds.`),
        ),
      ],
      accepted: [],
      table: tables.flatMap(({ name, rows }, index) =>
        (index === 0 ? rows : rows.slice(1)).map((row, at) => [index === 0 && at === 0 ? "Web ACL" : name, ...row]),
      ),
    };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { looked: "nothing, as the JSON cannot be read", findings: [error.message], accepted: [], table: [] };
  }
}
