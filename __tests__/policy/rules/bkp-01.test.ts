import { bkp01 } from "../../../src/policy/rules/bkp-01-backups-are-encrypted-and-end";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const vault = (attributes: JsonObject) => found(bkp01, { aws_backup_vault: { main: attributes } });
const plan = (...rule: JsonObject[]) => found(bkp01, { aws_backup_plan: { main: { rule } } });

describe("BKP-01", () => {
  it("asks a vault for a customer key", () => {
    expect(vault({ kms_key_arn: "${aws_kms_key.backup.arn}" })).toEqual([]);
    const message = "aws_backup_vault.main is not encrypted with a customer key.";
    expect(vault({})).toEqual([message]);
    expect(vault({ kms_key_arn: "arn:aws:kms:us-east-1:111122223333:alias/aws/backup" })).toEqual([message]);
  });

  it.each<JsonObject>([
    { lifecycle: { delete_after: 35 } },
    { lifecycle: [{ delete_after: "120", cold_storage_after: "30" }] },
    { lifecycle: { delete_after: "${var.days}" }, enable_continuous_backup: true },
    { lifecycle: { delete_after: 120, cold_storage_after: 30 }, enable_continuous_backup: false },
  ])("lets a rule be %j", (rule) => {
    expect(plan(rule)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{}, "keeps its backups for ever."],
    [{ lifecycle: { cold_storage_after: 30 } }, "keeps its backups for ever."],
    [{ lifecycle: { delete_after: 0 } }, "keeps its backups for ever."],
    [{ lifecycle: { delete_after: 119, cold_storage_after: 30 } }, "deletes after 119 days what went cold after 30."],
    [
      { lifecycle: { delete_after: 35 }, copy_action: { lifecycle: [{ delete_after: 60, cold_storage_after: 7 }] } },
      "deletes after 60 days what went cold after 7.",
    ],
    [
      { lifecycle: { delete_after: 120, cold_storage_after: 30 }, enable_continuous_backup: true },
      "moves continuous backups to cold storage.",
    ],
  ])("finds that a rule with %j %s", (rule, message) => {
    expect(plan({ rule_name: "daily", ...rule })).toEqual([`aws_backup_plan.main daily ${message}`]);
  });

  it("reads the one rule that is written as an object", () => {
    expect(found(bkp01, { aws_backup_plan: { main: { rule: {} } } })).toEqual([
      "aws_backup_plan.main a rule keeps its backups for ever.",
    ]);
  });
});
