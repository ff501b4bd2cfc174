import { est05 } from "../../../src/policy/rules/est-05-data-outlives-a-rename";
import type { JsonObject } from "../../../src/terraform/json";
import { foundInStack } from "../estate-found";

const types = [
  ...["aws_dynamodb_table", "aws_dynamodb_table_replica", "aws_s3_bucket", "aws_kms_key", "aws_kms_replica_key"],
  ...["aws_backup_vault", "aws_secretsmanager_secret", "aws_cloudwatch_log_group"],
];
const one = (type: string, attributes: JsonObject) => foundInStack(est05, { [type]: { own: attributes } });

describe.each(types)("EST-05, on %s", (type) => {
  it.each<JsonObject>([{ prevent_destroy: true }, { prevent_destroy: "true", ignore_changes: ["tags"] }])(
    "lets the lifecycle be %j",
    (lifecycle) => {
      expect(one(type, { lifecycle })).toEqual([]);
      expect(one(type, { lifecycle: [lifecycle] })).toEqual([]);
    },
  );

  it.each<JsonObject>([{}, { lifecycle: {} }, { lifecycle: { prevent_destroy: false } }])("finds %j", (attributes) => {
    expect(one(type, attributes)).toEqual([`data: ${type}.own can be destroyed by an apply.`]);
  });
});

describe("EST-05", () => {
  it("lets a log group go with the API whose id is in its name, and nothing else", () => {
    const group = (name: string) =>
      foundInStack(est05, { aws_api_gateway_rest_api: { api: {} }, aws_cloudwatch_log_group: { own: { name } } });

    expect(group("API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.api.id}/live")).toEqual([]);
    expect(group("API-Gateway-Execution-Logs_abc/live")).toHaveLength(1);
    expect(group("/platform/${aws_api_gateway_rest_api.api.name}")).toHaveLength(1);
  });

  it("leaves alone what holds no data", () => {
    expect(foundInStack(est05, { aws_lambda_function: { own: {} }, aws_kms_alias: { own: {} } })).toEqual([]);
  });
});
