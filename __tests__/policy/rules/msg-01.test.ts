import { msg01 } from "../../../src/policy/rules/msg-01-messages-are-encrypted";
import { found } from "../fragment";

const places = [
  ["aws_sqs_queue", "kms_master_key_id"],
  ["aws_sns_topic", "kms_master_key_id"],
  ["aws_scheduler_schedule", "kms_key_arn"],
] as const;
const key = "arn:aws:kms:us-east-1:111122223333:key/0f0e";

describe.each(places)("MSG-01 of %s", (type, attribute) => {
  it.each(["${aws_kms_key.messages.arn}", key, "alias/messages"])("lets the key be %s", (written) => {
    expect(found(msg01, { [type]: { reviews: { [attribute]: written } } })).toEqual([]);
  });

  it("finds none", () => {
    expect(found(msg01, { [type]: { reviews: { sqs_managed_sse_enabled: true } } })).toEqual([
      `${type}.reviews is not encrypted with a key of ours.`,
    ]);
  });

  it.each(["alias/aws/sqs", "arn:aws:kms:us-east-1:111122223333:alias/aws/sns"])("finds %s", (written) => {
    expect(found(msg01, { [type]: { reviews: { [attribute]: written } } })).toEqual([
      `${type}.reviews is encrypted with a key of AWS.`,
    ]);
  });

  it("finds a key of AWS behind a data source", () => {
    const data = { aws_kms_alias: { aws: { name: "alias/aws/sqs" } } };
    const resource = { [type]: { reviews: { [attribute]: "${data.aws_kms_alias.aws.target_key_arn}" } } };
    expect(found(msg01, resource, data)).toHaveLength(1);
  });
});
