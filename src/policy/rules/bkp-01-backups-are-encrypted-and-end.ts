import type { Block } from "../../terraform/estate";
import { isCustomerKey } from "../customer-keys";
import { isOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

/** AWS Backup keeps a recovery point in cold storage for at least so long. */
const leastColdDays = 90;

export const bkp01: SecurityRule = {
  id: "BKP-01",
  scope: "resource",
  demand:
    "A vault has a customer key; a backup ends, 90 days after it went cold at the earliest, and none goes cold that is continuous.",
  why: "Backups that anybody may read, or that AWS refuses to make, are none; those without an end are paid for ever.",
  covers: ["CKV_AWS_166"],
  *check(look) {
    for (const at of look.resources("aws_backup_vault")) {
      if (!isCustomerKey(look, at, "kms_key_arn")) {
        yield { at, message: "is not encrypted with a customer key.", fix: "Set kms_key_arn to the ARN of a key." };
      }
    }
    for (const at of look.resources("aws_backup_plan")) {
      for (const rule of look.blocks(at, "rule")) {
        const called = look.text(rule, "rule_name") ?? "a rule";
        for (const { message, fix } of weaknesses(look, rule)) yield { at, message: `${called} ${message}`, fix };
      }
    }
  },
};

function* weaknesses(look: Look, rule: Block): Iterable<{ message: string; fix: string }> {
  const lifecycles = look.blocks(rule, "lifecycle");
  if (!lifecycles.some((lifecycle) => look.holds(lifecycle, "delete_after", (days) => Number(days) > 0))) {
    yield { message: "keeps its backups for ever.", fix: "Set lifecycle.delete_after to a number of days." };
  }
  const copied = look.blocks(rule, "copy_action").flatMap((copy) => look.blocks(copy, "lifecycle"));
  for (const lifecycle of [...lifecycles, ...copied]) {
    const cold = look.number(lifecycle, "cold_storage_after");
    const end = look.number(lifecycle, "delete_after");
    if (cold !== undefined && end !== undefined && end < cold + leastColdDays) {
      yield {
        message: `deletes after ${end} days what went cold after ${cold}.`,
        fix: `Set delete_after to ${cold + leastColdDays} or more, or remove cold_storage_after.`,
      };
    }
  }
  const isContinuous = look.isSet(rule, "enable_continuous_backup") && isOn(look, rule, "enable_continuous_backup");
  if (isContinuous && lifecycles.some((lifecycle) => look.isSet(lifecycle, "cold_storage_after"))) {
    yield {
      message: "moves continuous backups to cold storage.",
      fix: "Remove lifecycle.cold_storage_after, or enable_continuous_backup.",
    };
  }
}
