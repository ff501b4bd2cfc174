import { log02 } from "../../../src/policy/rules/log-02-logs-are-encrypted";
import { found } from "../fragment";

describe("LOG-02", () => {
  it.each(["${aws_kms_key.logs.arn}", "arn:aws:kms:us-east-1:111122223333:key/0f0e"])("lets the key be %s", (key) => {
    expect(found(log02, { aws_cloudwatch_log_group: { api: { kms_key_id: key } } })).toEqual([]);
  });

  it.each([{}, { kms_key_id: null }, { kms_key_id: "" }])("finds a group with %j", (attributes) => {
    expect(found(log02, { aws_cloudwatch_log_group: { api: attributes } })).toEqual([
      "aws_cloudwatch_log_group.api is not encrypted with a key of ours.",
    ]);
  });
});
