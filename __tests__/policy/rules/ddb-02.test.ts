import { ddb02 } from "../../../src/policy/rules/ddb-02-tables-use-a-customer-key";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const key = "${aws_kms_key.data.arn}";
const table = (more: JsonObject, data = {}) =>
  found(
    ddb02,
    { aws_dynamodb_table: { reviews: { server_side_encryption: { enabled: true, kms_key_arn: key }, ...more } } },
    data,
  );
const encrypted = (kms_key_arn: string, enabled: boolean | string = true): JsonObject => ({
  server_side_encryption: [{ enabled, kms_key_arn }],
});
const alias = (name: string) => ({ aws_kms_alias: { own: { name } } });
const byAlias = encrypted("${data.aws_kms_alias.own.target_key_arn}", "true");

describe("DDB-02", () => {
  it("lets a table and its replicas be that have a customer key", () => {
    expect(
      table({ replica: { region_name: "us-west-2", kms_key_arn: "arn:aws:kms:us-west-2:111122223333:key/0a" } }),
    ).toEqual([]);
    expect(table(encrypted("arn:aws:kms:us-east-1:111122223333:key/0a"))).toEqual([]);
    expect(table(byAlias, alias("alias/data"))).toEqual([]);
    expect(found(ddb02, { aws_dynamodb_table_replica: { dr: { kms_key_arn: key } } })).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["no encryption", { server_side_encryption: [] }],
    ["no key", { server_side_encryption: { enabled: true } }],
    ["encryption off", encrypted(key, false)],
    ["an alias of AWS", encrypted("arn:aws:kms:us-east-1:111122223333:alias/aws/dynamodb")],
    ["an alias of AWS behind a data source", byAlias],
  ])("finds a table with %s", (_, more) => {
    expect(table(more, alias("alias/aws/dynamodb"))).toEqual([
      "aws_dynamodb_table.reviews is not encrypted with a customer key.",
    ]);
  });

  it("finds replicas without a key, in the table and apart", () => {
    expect(table({ replica: [{ region_name: "us-west-2" }] })).toEqual([
      'aws_dynamodb_table.reviews has a replica in "us-west-2" without a customer key.',
    ]);
    expect(found(ddb02, { aws_dynamodb_table_replica: { dr: { region: "us-west-2" } } })).toEqual([
      "aws_dynamodb_table_replica.dr is not encrypted with a customer key.",
    ]);
  });
});
