import { block, blocks, flag, text, value } from "../../terraform/blocks";
import { type Block, type Estate, managedResources, type Resource } from "../../terraform/estate";
import type { Rule } from "../rule";

const protections = ["point_in_time_recovery", "deletion_protection_enabled"] as const;

/** DDB-01 asks both of the table itself. A table that others own is taken to have both. */
export const replicasAreProtected: Rule = {
  id: "replicas-are-protected",
  promise: "Every replica can go back in time and is protected from deletion, where its table is.",
  why: "The copy is what is left when a region is lost; a bad write or a slip of the hand must not take that, too.",
  *violations(estate) {
    for (const { at, replica, table } of replicasIn(estate)) {
      const missing = protections.filter((name) => has(table, name) && flag(replica, name) !== true);
      if (missing.length > 0) {
        const region = text(replica, "region_name");
        const said = region === undefined ? "is less protected than its table" : `has a bare replica in ${region}`;
        yield { at, message: `${said}; set ${missing.join(" and ")} of the replica to true.` };
      }
    }
  },
};

/** A replica stands in a block of its table, or is a resource that names the table. */
function replicasIn(estate: Estate): { at: Resource; replica: Block; table?: Resource }[] {
  const tables = managedResources(estate, "aws_dynamodb_table");
  return [
    ...tables.flatMap((table) => blocks(table, "replica").map((replica) => ({ at: table, replica, table }))),
    ...managedResources(estate, "aws_dynamodb_table_replica").map((at) => {
      const named = value(at, "global_table_arn");
      const table = named?.kind === "reference" ? tables.find((each) => each === named.resource) : undefined;
      return { at, replica: at, ...(table === undefined ? {} : { table }) };
    }),
  ];
}

function has(table: Resource | undefined, protection: (typeof protections)[number]): boolean {
  if (table === undefined) return true;
  if (protection === "deletion_protection_enabled") return flag(table, protection) === true;
  const recovery = block(table, protection);
  return recovery !== undefined && flag(recovery, "enabled") === true;
}
