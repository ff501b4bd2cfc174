import { log01 } from "../../../src/policy/rules/log-01-logs-are-kept";
import type { JsonObject } from "../../../src/terraform/json";
import { found } from "../fragment";

const stream = "${aws_kinesis_firehose_delivery_stream.archive.arn}";
const group = (attributes: JsonObject, filter?: JsonObject) =>
  found(log01, {
    aws_cloudwatch_log_group: { api: { name: "/api", ...attributes } },
    ...(filter ? { aws_cloudwatch_log_subscription_filter: { api: filter } } : {}),
    aws_kinesis_firehose_delivery_stream: { archive: {} },
    aws_lambda_function: { reader: {} },
  });

const unarchived = ", and no subscription sends them to the archive.";

describe("LOG-01", () => {
  it.each([
    ["keeps its events for a year", { retention_in_days: 365 }],
    ["keeps its events for longer, as a text", { retention_in_days: "400" }],
    ["keeps its events for as long as somebody else says", { retention_in_days: "${var.days}" }],
  ])("lets a group be that %s", (_, attributes) => {
    expect(group(attributes)).toEqual([]);
  });

  it.each([
    ["by reference", { log_group_name: "${aws_cloudwatch_log_group.api.name}", destination_arn: stream }],
    ["by name, to a stream elsewhere", { log_group_name: "/api", destination_arn: "${var.archive}" }],
    [
      "to a stream by its ARN, without pattern",
      {
        log_group_name: "/api",
        filter_pattern: " ",
        destination_arn: "arn:aws:firehose:us-east-1:111122223333:deliverystream/archive",
      },
    ],
  ])("lets a group be short where all of it is archived: %s", (_, filter) => {
    expect(group({ retention_in_days: 30 }, filter)).toEqual([]);
  });

  it.each([
    ["of another group", { log_group_name: "/other", destination_arn: stream }],
    ["of some events", { log_group_name: "/api", destination_arn: stream, filter_pattern: "ERROR" }],
    ["to a function", { log_group_name: "/api", destination_arn: "${aws_lambda_function.reader.arn}" }],
    ["to a function by ARN", { log_group_name: "/api", destination_arn: "arn:aws:lambda:us-east-1:1:function:x" }],
    ["of a group elsewhere", { log_group_name: "/api", destination_arn: stream, region: "us-west-2" }],
  ])("does not take a filter %s for an archive", (_, filter) => {
    expect(group({ retention_in_days: 30, region: "us-east-1" }, filter)).toEqual([
      `aws_cloudwatch_log_group.api keeps its events for 30 days${unarchived}`,
    ]);
  });

  it("finds a group that never ends, and one that is too short even for an archived one", () => {
    expect(group({})).toEqual([`aws_cloudwatch_log_group.api never lets its events go${unarchived}`]);
    expect(group({ retention_in_days: 0 })).toHaveLength(1);
    expect(group({ retention_in_days: 14 }, { log_group_name: "/api", destination_arn: stream })).toEqual([
      "aws_cloudwatch_log_group.api keeps its events for 14 days.",
    ]);
  });
});
